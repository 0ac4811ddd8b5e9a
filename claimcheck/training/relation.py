"""Stage 5: the four-way judgement, learnt on our own stories and pairs and on pairs of real articles, with the
three-way task and the translated pairs of the stage before learnt on beside it, lest they be forgotten.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from claimcheck.judgement.context import judged_text
from claimcheck.training import loop, nli, own, strangers, translations
from claimcheck.training.corpora import NliExample
from claimcheck.training.judge import load_judge, save_judge
from claimcheck.training.own import LabelledPair
from claimcheck.training.switching import switch_pair
from claimcheck.training.translations import Bilingual
from claimcheck.types import Relation

_DENSE = 12  # pairs of one relation and aspect in a story that count in full
_AS_NLI = {"agree": 0, "diverge": 1, "contradict": 2, "unrelated": 1}


@dataclass(frozen=True, slots=True)
class Weighted:
    """A labelled pair with its share in the loss: dense disputes of one story must not drown the rest."""

    pair: LabelledPair
    weight: float


Told = Weighted | NliExample  # a row that has a label


def training_pairs(data: Path, root: Path, settings: dict[str, Any], seed: int) -> list[Weighted]:
    """Pairs of the training split: a share of our invented ones, and those of real articles, labelled or not."""
    invented = _invented(root, settings, seed)
    out = own.sample(invented, round(settings["invented"] * len(invented)), f"{seed}-invented")
    out += [Weighted(pair, settings["real_weight"]) for pair in own.split_articles(data, root, "training")]
    unread = strangers.article_pairs(data, settings["articles"], seed, own.held_articles(root))
    return out + [Weighted(pair, settings["article_weight"]) for pair in unread]


def _invented(root: Path, settings: dict[str, Any], seed: int) -> list[Weighted]:
    """Our events and stories, plus unlisted cross pairs as unrelated."""
    events = own.split_events(root, "training")
    out = [Weighted(pair, 1.0) for pair in events]
    followed = own.sample(derived(events), settings["derived"], f"{seed}-derived")
    out += [Weighted(pair, settings["derived_weight"]) for pair in followed]
    for story in own.stories(root, "training"):
        counts = Counter((pair.relation, pair.aspect) for pair in story.labelled)
        for pair in story.labelled:
            out.append(Weighted(pair, min(1.5, (_DENSE / counts[pair.relation, pair.aspect]) ** 0.5)))
        out += [Weighted(pair, 1.0) for pair in story.candidates]
        drawn = own.sample(story.unlisted, settings["random_per_story"], f"{seed}-{story.name}")
        out.extend(Weighted(pair, 0.7) for pair in drawn)
    return out


def derived(events: Sequence[LabelledPair]) -> list[LabelledPair]:
    """Pairs of two answers of one event: what agrees with its claim relates to the other answers as the claim does."""
    answers: dict[str, list[LabelledPair]] = defaultdict(list)
    for pair in events:
        answers[pair.group].append(pair)
    return [
        replace(other, a=agreeing.b)
        for group in answers.values()
        for i, agreeing in enumerate(group)
        if agreeing.relation == Relation.AGREE
        for j, other in enumerate(group)
        if j > i or (j < i and other.relation != Relation.AGREE)
    ]


def relation_loss(logits: Tensor, batch: Sequence[Weighted]) -> Tensor:
    """Weighted, lightly smoothed cross-entropy with the share of its readers for each of the four relations."""
    shares = [item.pair.shares() for item in batch]
    targets = torch.tensor([[share.get(r, 0.0) for r in Relation] for share in shares], device=logits.device)
    weights = torch.tensor([item.weight for item in batch], device=logits.device)
    value = nn.functional.cross_entropy(logits.float(), targets, reduction="none", label_smoothing=0.05)
    return (weights * value).sum() / weights.sum()


def told_loss(logits: tuple[Tensor, Tensor], batch: Sequence[Told]) -> Tensor:
    """The loss of the rows that have a label: of the three-way head on all, of the four-way head on ours."""
    three, four = logits
    if not batch:
        return three.new_zeros(())
    ours = [i for i, row in enumerate(batch) if isinstance(row, Weighted)]
    value = 0.5 * nli.nli_loss(three, [row if isinstance(row, NliExample) else _as_nli(row) for row in batch])
    if ours:
        value = value + relation_loss(four[ours], [row for row in batch if isinstance(row, Weighted)])
    return value


def run(data: Path, root: Path, work: Path, settings: dict[str, Any], seed: int, log: loop.Log) -> Path:
    """Train both heads from ``work/translations`` on the labelled data under ``root``; saves ``work/relation``."""
    folder, start = work / "relation", work / "translations"
    tokenizer = Tokenizer.from_file(str(work / "vocabulary/tokenizer.json"))
    dictionary = nli.load_dictionary(work)
    items = training_pairs(data, root, settings, seed)
    log(f"{len(items)} pairs: {Counter(str(item.pair.relation) for item in items)}")
    rehearsed = rehearsal(data, root, settings["inference"], settings["english"], seed)
    translated = own.sample(translations.read_pairs(start), settings["translations"], f"{seed}-translations")
    log(f"{len(rehearsed)} inference examples and {len(translated)} translated pairs beside them")
    rows: list[Told | Bilingual] = [*items, *rehearsed, *translated]
    before, judge = load_judge(start).to(loop.device()).eval(), load_judge(start)
    loop.set_dropout(judge, settings["dropout"])
    lengths = loop.token_counts(tokenizer, [_texts(row) for row in rows], settings["max_tokens"])
    batches = loop.bucketed(lengths, settings["tokens"], settings["epochs"], seed)
    batches = batches[: int(len(batches) * settings["share"])]
    plan = loop.Plan("relation", batches, settings["learning_rate"], seed)

    def read(texts: Sequence[tuple[str, str]]) -> dict[str, Tensor]:
        return loop.tensors(tokenizer, texts, settings["max_tokens"])

    def loss(batch: Sequence[int]) -> Tensor:
        draw = random.Random(f"{seed}-{batch[0]}-{batch[-1]}-{torch.initial_seed()}")
        chosen = [rows[i] for i in batch]
        told = [row for row in chosen if not isinstance(row, Bilingual)]
        versions = list(translations.versions([row for row in chosen if isinstance(row, Bilingual)], draw))
        texts = [_oriented(row, dictionary, settings, draw) for row in told] + [version for _, version in versions]
        found, count = judge.outputs(**read(texts)), len(told)
        value = told_loss((found[1][:count], found[2][:count]), told)
        if versions:
            with torch.no_grad():
                wanted = before.outputs(**read([english for english, _ in versions]))
            pooled, three, four = (output[count:] for output in found)
            value = value + translations.agreement_loss((pooled, three, four), wanted, settings["pull"])
        return value

    loop.train(judge, plan, loss, folder, log)
    loop.blend(judge, before, settings["blend"], keep="relation.")
    save_judge(judge, folder)
    return folder


def rehearsal(data: Path, root: Path, ours: int, english: int, seed: int) -> list[NliExample]:
    """``ours`` of our own inference examples and ``english`` of the others, drawn anew with each seed."""
    known = list(own.inference(root / "nli"))
    others = sorted(set(nli.examples(data, root, seed)) - set(known), key=repr)
    return own.sample(known, ours, f"{seed}-inference") + own.sample(others, english, f"{seed}-english")


def _texts(row: Told | Bilingual) -> tuple[str, str]:
    if isinstance(row, Bilingual):
        return row.version((True, True))
    if isinstance(row, NliExample):
        return row.premise, row.hypothesis
    return judged_text(row.pair.a), judged_text(row.pair.b)


def _oriented(row: Told, dictionary: Any, settings: dict[str, Any], draw: random.Random) -> tuple[str, str]:
    if isinstance(row, NliExample):
        return nli.read_pair(row, dictionary, settings, draw)
    pair = _texts(row)
    if draw.random() < 0.5:
        pair = pair[::-1]
    if row.pair.language == "en":
        return switch_pair(pair, dictionary, switched=settings["switched"], share=settings["switch_words"], draw=draw)
    return pair


def _as_nli(row: Weighted) -> NliExample:
    """An inference example of the writer's label, the lighter the fewer readers share it."""
    share = row.pair.shares()[row.pair.relation]
    return NliExample("", "", _AS_NLI[row.pair.relation], 0.5 * row.weight * share)
