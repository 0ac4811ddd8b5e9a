"""Settings of a run: frozen, one section per stage, read from TOML and options, with a fingerprint.

Example ``claimcheck.toml``::

    [pairs]
    neighbours = 12
    [decision]
    abstain = 0.5
"""

from __future__ import annotations

import difflib
import hashlib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claimcheck.errors import InputError, UsageError


class Section(BaseModel):
    """Base of all sections: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class IngestSettings(Section):
    """Limits on what is read."""

    max_bytes: int = Field(20_000_000, gt=0, description="largest file read, in bytes")
    max_characters: int = Field(2_000_000, gt=0, description="longest article text kept")


class TextSettings(Section):
    """How sentences are read."""

    min_words: int = Field(4, ge=1, description="shorter sentences are not compared")
    max_characters: int = Field(2_000, ge=100, description="longer sentences are cut before annotation")


class TopicSettings(Section):
    """How sentences are clustered."""

    distance: float = Field(0.85, gt=0, lt=2, description="average distance in context under which clusters merge")


class PairSettings(Section):
    """How candidate pairs are proposed."""

    neighbours: int = Field(10, ge=1, description="dense neighbours per sentence and other outlet")
    lexical: int = Field(6, ge=0, description="lexical neighbours per sentence and other outlet")
    share: float = Field(
        0.055,
        gt=0,
        le=1,
        description="largest share of all cross-outlet pairs that is judged; small runs are judged whole",
    )
    limit: int = Field(20_000, ge=1, description="largest number of pairs judged in one run")


class DecisionSettings(Section):
    """When a pair is reported."""

    screen: float = Field(
        0.6, ge=0, le=1, description="chance of being related, read one way, that earns a second look"
    )
    settled: float = Field(
        0.55, ge=0, le=1, description="chance of a relation, read one way, that needs no second look"
    )
    abstain: float = Field(0.35, ge=0, le=1, description="below this calibrated probability no relation is claimed")


class CheckSettings(Section):
    """Which stored articles a new one is held against, and what it is said to lack."""

    days: int = Field(30, ge=0, description="largest distance of two articles of one story, in days")
    topic: float = Field(0.90, ge=0, le=1.2, description="least likeness of two articles of one story")
    neighbours: int = Field(20, ge=1, description="stored sentences looked up for each sentence")
    articles: int = Field(30, ge=1, description="largest number of stored articles that one is held against")
    pairs: int = Field(120, ge=1, description="largest number of pairs judged for one article")
    outlets: int = Field(2, ge=2, description="independent outlets that must say what an article is said to lack")
    alike: float = Field(0.75, ge=0, le=1, description="cosine from which stored sentences count as saying the same")


class ReportSettings(Section):
    """What the page shows."""

    language: str | None = Field(None, description="fr or en; default: the language of most articles")
    findings: int = Field(200, ge=1, description="largest number of findings shown as cards")


class Settings(Section):
    """All settings of a run; ``fingerprint()`` identifies them in every output."""

    ingest: IngestSettings = IngestSettings()
    text: TextSettings = TextSettings()
    topics: TopicSettings = TopicSettings()
    pairs: PairSettings = PairSettings()
    decision: DecisionSettings = DecisionSettings()
    check: CheckSettings = CheckSettings()
    report: ReportSettings = ReportSettings()
    embedder: str | None = Field(None, description="name or path of another sentence encoder")
    nli: str | None = Field(None, description="name or path of another NLI cross-encoder")
    download: bool = Field(False, description="allow models to be fetched from a hub")

    def fingerprint(self) -> str:
        """First 12 hexadecimal digits of the sha256 of the canonical JSON."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()[:12]

    def canonical(self) -> str:
        """Canonical JSON: sorted keys, no spaces."""
        return json.dumps(self.model_dump(), sort_keys=True, separators=(",", ":"))


def load_settings(path: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Settings:
    """Settings from a TOML file, with dotted ``overrides`` such as ``{"pairs.neighbours": 8}`` on top.

    :raises InputError: if the file is missing or not TOML.
    :raises UsageError: if a key is unknown or a value out of range; names the nearest known key.
    """
    values: dict[str, Any] = {}
    if path is not None:
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise InputError(f"{path}: no such settings file") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: not valid TOML: {error}") from None
    for dotted, value in (overrides or {}).items():
        if value is None:
            continue
        *sections, key = dotted.split(".")
        place = values
        for section in sections:
            place = place.setdefault(section, {})
            if not isinstance(place, dict):
                raise UsageError(f"setting {dotted!r}: {section!r} is a section, not a value; write it as a table")
        place[key] = value
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise UsageError(_explain(error, path)) from None


def known_keys() -> tuple[str, ...]:
    """All dotted keys, in order."""
    keys: list[str] = []
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, Section):
            keys.extend(f"{name}.{key}" for key in section.model_fields)
        else:
            keys.append(name)
    return tuple(keys)


def _explain(error: ValidationError, path: Path | None) -> str:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    where = f"{path}: " if path else ""
    if first["type"] != "extra_forbidden":
        return f"{where}setting {key!r}: {first['msg']}"
    near = difflib.get_close_matches(key, [*known_keys(), *Settings.model_fields], n=1, cutoff=0.4)
    hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known_keys())}"
    return f"{where}unknown setting {key!r}{hint}"
