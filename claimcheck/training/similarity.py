"""Stage 3: sentence-level fine-tuning of the encoder, so that distances mean "the same question" to a newsroom.

Four kinds of batches are mixed: graded pairs in both languages and across them (STS-B, CoSENT loss), news titles with
their leads, translations, and triplets whose hard negative is a contradiction (NLI) or another question about the
same actors (our own pairs).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from claimcheck.errors import InputError
from claimcheck.training import corpora, loop, nli, own
from claimcheck.training.switching import Dictionary, switch
from claimcheck.training.vocabulary import copy_tokenizer

_COSENT_SCALE = 20.0


@dataclass(frozen=True, slots=True)
class Example:
    """``kind`` "graded": two texts and a score in 0..1; "positive": anchor, positive and an optional hard negative."""

    kind: str
    texts: tuple[str, ...]
    score: float = 1.0


def examples(data: Path, root: Path, settings: dict[str, Any], dictionary: Dictionary, seed: int) -> list[Example]:
    """All training examples of the stage."""
    draw = random.Random(seed)
    graded = corpora.similarity(data, "train")
    out = [Example("graded", (a, b), score / 5) for rows in graded.values() for a, b, score in rows]
    for (fr_a, fr_b, score), (en_a, en_b, _) in zip(graded["fr"], graded["en"], strict=True):
        out.append(Example("graded", (fr_a, en_b) if draw.random() < 0.5 else (en_a, fr_b), score / 5))
    articles = [(title, lead) for title, lead, _ in corpora.news(data) if len(title) > 20 and len(lead) > 60]
    out += [Example("positive", pair) for pair in draw.sample(articles, min(len(articles), settings["title_lead"]))]
    translations = corpora.parallel(
        data, europarl=settings["translations"], short=settings["translations"] // 2, max_words=30, seed=seed + 2
    )
    out += [Example("positive", pair) for pair in translations]
    for name, triplets in (
        ("triplets", _triplets(data, seed, dictionary, draw)),
        ("events", _event_triplets(root)),
        ("stories", _story_triplets(root, draw)),
    ):
        out += draw.sample(triplets, min(len(triplets), settings[name]))
    return out


def _triplets(data: Path, seed: int, dictionary: Dictionary, draw: random.Random) -> list[Example]:
    """(premise, entailed, contradicted), each side code-switched with probability one half."""
    by_premise: dict[str, dict[int, str]] = defaultdict(dict)
    for row in corpora.nli(data, seed):
        if not row.binary and len(row.premise) < 300:
            by_premise[row.premise][row.label] = row.hypothesis
    kept = [(premise, sides[0], sides[2]) for premise, sides in by_premise.items() if {0, 2} <= set(sides)]

    def mixed(text: str) -> str:
        return switch(text, dictionary, 0.9, draw) if draw.random() < 0.5 else text

    return [Example("positive", tuple(mixed(text) for text in triplet)) for triplet in kept]


def _event_triplets(root: Path) -> list[Example]:
    """Every related answer of an event is nearer to its claim than the hard unrelated one."""
    events: dict[str, list[own.LabelledPair]] = defaultdict(list)
    for pair in own.split_events(root, "training"):
        events[pair.group].append(pair)
    pairs = [group for group in events.values() if any(p.relation == "unrelated" for p in group)]
    return [
        Example("positive", (pair.a.text, pair.b.text, next(p.b.text for p in group if p.relation == "unrelated")))
        for group in pairs
        for pair in group
        if pair.relation != "unrelated"
    ]


def _story_triplets(root: Path, draw: random.Random) -> list[Example]:
    """Two sentences of a story that are about one question, against a third that nobody related to the first."""
    out: list[Example] = []
    for story in own.stories(root, "training"):
        strangers: dict[str, list[str]] = defaultdict(list)
        for pair in story.unlisted:
            strangers[pair.a.text].append(pair.b.text)
            strangers[pair.b.text].append(pair.a.text)
        for pair in story.labelled:
            a, b = (pair.a.text, pair.b.text) if draw.random() < 0.5 else (pair.b.text, pair.a.text)
            if pair.relation != "unrelated" and strangers[a]:
                out.append(Example("positive", (a, b, draw.choice(strangers[a]))))
    return out


def cosent(cosines: Tensor, scores: Tensor) -> Tensor:
    """CoSENT: every pair graded higher should have the larger cosine (log-sum-exp over the violated orders)."""
    differences = _COSENT_SCALE * (cosines[None, :] - cosines[:, None])
    ordered = scores[:, None] > scores[None, :]
    return torch.logsumexp(torch.cat([differences[ordered], torch.zeros(1, device=cosines.device)]), dim=0)


def contrast(anchors: Tensor, positives: Tensor, negatives: Tensor | None, scale: float) -> Tensor:
    """In-batch cross-entropy of each anchor over all positives and the hard negatives."""
    candidates = positives if negatives is None else torch.cat([positives, negatives])
    logits = scale * anchors @ candidates.T
    return nn.functional.cross_entropy(logits, torch.arange(len(anchors), device=logits.device))


def plan_batches(rows: Sequence[Example], tokens: int, epochs: int, seed: int) -> list[list[int]]:
    """Batches of one kind and one number of texts each, mixed in random order."""
    kinds: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        kinds[row.kind, len(row.texts)].append(index)
    batches: list[list[int]] = []
    for members in kinds.values():
        lengths = [sum(len(text) // 4 + 3 for text in rows[i].texts) for i in members]
        batches += [[members[i] for i in batch] for batch in loop.bucketed(lengths, tokens, epochs, seed)]
    random.Random(seed).shuffle(batches)
    return batches


def run(data: Path, root: Path, work: Path, settings: dict[str, Any], seed: int, log: loop.Log) -> Path:
    """Fine-tune ``work/distil``, average it with ``work/vocabulary``, the encoder before distillation, and save
    ``work/similarity``.

    :raises InputError: if there is no such encoder.
    """
    folder, start, first = work / "similarity", work / "distil", work / "vocabulary"
    if not (first / "model.safetensors").is_file():
        raise InputError(f"{first}: holds no encoder to average with; run the stage vocabulary before similarity")
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    rows = examples(data, root, settings, nli.load_dictionary(work), seed)
    module = BertModel.from_pretrained(start, use_safetensors=True)
    batches = plan_batches(rows, settings["tokens"], settings["epochs"], seed)
    batches = batches[: int(len(batches) * settings["share"])]
    plan = loop.Plan("similarity", batches, settings["learning_rate"], seed)

    def vectors(texts: list[str]) -> Tensor:
        inputs = loop.tensors(tokenizer, texts, settings["max_tokens"])
        return loop.mean_pool(module(**inputs).last_hidden_state, inputs["attention_mask"])

    def loss(batch: Sequence[int]) -> Tensor:
        chosen = [rows[i] for i in batch]
        sides = [vectors([row.texts[side] for row in chosen]) for side in range(len(chosen[0].texts))]
        with torch.autocast(loop.device().type, enabled=False):
            if chosen[0].kind == "graded":
                scores = torch.tensor([row.score for row in chosen], device=sides[0].device)
                return cosent((sides[0] * sides[1]).sum(-1), scores)
            return contrast(sides[0], sides[1], sides[2] if len(sides) > 2 else None, settings["scale"])

    loop.train(module, plan, loss, folder, log)
    loop.blend(module, BertModel.from_pretrained(first, use_safetensors=True), settings["blend"])
    module.save_pretrained(folder)
    copy_tokenizer(start, folder)
    return folder
