"""Stage 1: a bilingual vocabulary, and the English encoder's embeddings carried over to it.

A piece known to the old vocabulary and not mainly French keeps its old row; otherwise it gets the Dice²-weighted
mean of the old rows of the English pieces it co-occurs with in aligned sentences; otherwise the mean of its old
pieces. Without any training this gives a usable French encoder.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from claimcheck.training import corpora

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_WORD = re.compile(r"[^\W\d_]+(?:['’])?", re.UNICODE)


def train_tokenizer(texts: Iterable[str], pieces: int) -> Any:
    """A WordPiece ``tokenizers.Tokenizer``: lower-cased, accents kept, apostrophes and spaces folded."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=60))  # noqa: S106 - a token of text
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Replace(Regex("[’ʼ‘]"), "'"),
            normalizers.BertNormalizer(clean_text=True, strip_accents=False, lowercase=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=pieces, special_tokens=list(SPECIAL), min_frequency=3, limit_alphabet=250, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")],
    )
    return tokenizer


def vocabulary_texts(data: Path, aligned: list[tuple[str, str]]) -> Iterator[str]:
    """Text of both languages in about equal amounts, news included."""
    yield from itertools.chain.from_iterable(aligned[:120000])
    for title, lead, body in itertools.islice(corpora.news(data), 9000):
        yield f"{title}\n{lead}\n{body}"
    for row in itertools.chain(
        corpora.read_rows(data / "nli/lingnli.train.jsonl.xz"),
        corpora.read_rows(data / "nli/mnli20k.train.jsonl.xz"),
        corpora.read_rows(data / "nli/wikifactcheck.contradiction.jsonl.xz"),
        corpora.read_rows(data / "nli/fever_dev.binary.jsonl.xz"),
    ):
        yield row["premise"]
        yield row["hypothesis"]


def incidence(units: Iterable[Iterable[int]], width: int) -> sparse.csr_matrix:
    """Binary (sentences, width) matrix of which unit occurs in which sentence."""
    indices: list[int] = []
    pointers = [0]
    for row in units:
        indices.extend(sorted(set(row)))
        pointers.append(len(indices))
    values = np.ones(len(indices), dtype=np.float32)
    return sparse.csr_matrix((values, indices, pointers), shape=(len(pointers) - 1, width))


def dice(left: sparse.csr_matrix, right: sparse.csr_matrix, least: int = 3) -> sparse.csr_matrix:
    """Dice association of every left unit with every right unit; pairs seen fewer than ``least`` times are dropped."""
    together = (left.T @ right).tocoo()
    kept = together.data >= least
    rows, columns, counts = together.row[kept], together.col[kept], together.data[kept]
    left_counts = np.asarray(left.sum(axis=0)).ravel()
    right_counts = np.asarray(right.sum(axis=0)).ravel()
    scores = 2 * counts / (left_counts[rows] + right_counts[columns])
    return sparse.csr_matrix((scores, (rows, columns)), shape=together.shape)


def transfer(
    old: np.ndarray,
    old_tokenizer: Any,
    tokenizer: Any,
    aligned: list[tuple[str, str]],
    *,
    best: int,
    french_ratio: float,
) -> np.ndarray:
    """Rows of the new vocabulary, float32 (pieces, dim), from the old rows (see the module docstring)."""
    english, french = [pair[0] for pair in aligned], [pair[1] for pair in aligned]
    size = tokenizer.get_vocab_size()
    french_units = incidence(_encode(tokenizer, french), size)
    english_new = incidence(_encode(tokenizer, english), size)
    english_old = incidence(_encode(old_tokenizer, english), len(old))
    scores = dice(french_units, english_old)
    french_counts = np.asarray(french_units.sum(axis=0)).ravel() + 1
    english_counts = np.asarray(english_new.sum(axis=0)).ravel() + 1
    rows = np.zeros((size, old.shape[1]), dtype=np.float32)
    known = old_tokenizer.get_vocab()
    for piece, index in tokenizer.get_vocab().items():
        mainly_french = french_counts[index] > french_ratio * english_counts[index]
        start, stop = scores.indptr[index], scores.indptr[index + 1]
        if piece in known and not mainly_french:
            rows[index] = old[known[piece]]
        elif stop > start:
            top = start + np.argsort(-scores.data[start:stop], kind="stable")[:best]
            weights = scores.data[top] ** 2
            rows[index] = (weights[:, None] * old[scores.indices[top]]).sum(axis=0) / weights.sum()
        else:
            ids = old_tokenizer.encode(piece.removeprefix("##"), add_special_tokens=False).ids
            rows[index] = old[ids].mean(axis=0) if ids else old[known["[UNK]"]]
    return rows


def _encode(tokenizer: Any, texts: list[str]) -> Iterator[list[int]]:
    for start in range(0, len(texts), 5000):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 5000], add_special_tokens=False):
            yield encoding.ids


def words(text: str) -> list[str]:
    """Lower-cased words, an elided article kept with its apostrophe (``l'``)."""
    return _WORD.findall(text.replace("’", "'").lower())


def dictionary(
    aligned: list[tuple[str, str]], least_dice: float, translations: int = 3
) -> dict[str, list[tuple[str, float]]]:
    """English word -> French words with their Dice scores, read off aligned sentences."""
    english, english_ids = _word_units([pair[0] for pair in aligned])
    french, french_ids = _word_units([pair[1] for pair in aligned])
    names = list(french_ids)
    scores = dice(incidence(english, len(english_ids)), incidence(french, len(french_ids)), least=2)
    entries: dict[str, list[tuple[str, float]]] = {}
    for word, index in english_ids.items():
        start, stop = scores.indptr[index], scores.indptr[index + 1]
        order = start + np.argsort(-scores.data[start:stop], kind="stable")[:translations]
        found = [(names[scores.indices[k]], float(scores.data[k])) for k in order if scores.data[k] >= least_dice]
        if found:
            entries[word] = found
    return entries


def write_dictionary(aligned: list[tuple[str, str]], least_dice: float, folder: Path, log: Any) -> None:
    """Write the code-switching dictionary of aligned sentences into ``folder``."""
    log("reading the code-switching dictionary")
    entries = dictionary(aligned, least_dice)
    (folder / "dictionary.json").write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    log(f"{len(entries)} dictionary entries")


def _word_units(texts: list[str]) -> tuple[list[list[int]], dict[str, int]]:
    ids: dict[str, int] = {}
    return [[ids.setdefault(word, len(ids)) for word in words(text)] for text in texts], ids


def plain_tokenizer(path: Path) -> Any:
    """A saved tokenizer that neither pads nor cuts."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def save_tokenizer(tokenizer: Any, folder: Path) -> None:
    """Write the tokenizer so that ``AutoTokenizer.from_pretrained(folder)`` restores it exactly."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": 256,
        "model_input_names": ["input_ids", "token_type_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
        **{f"{name.strip('[]').lower()}_token": name for name in SPECIAL},
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def copy_tokenizer(source: Path, folder: Path) -> None:
    """Copy the tokenizer's two files between model folders."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TOKENIZER_FILES:
        shutil.copyfile(source / name, folder / name)


def run(data: Path, work: Path, settings: dict[str, Any], seed: int, log: Any) -> Path:
    """Train the vocabulary, or keep the one there is, transfer the embeddings, save the starting encoder and the
    dictionary under ``work``.
    """
    import torch
    from transformers import BertModel

    from claimcheck.training.teacher import teacher_folder

    source = teacher_folder()
    log("reading aligned sentences")
    everything = corpora.parallel(data, europarl=10**9, short=10**9, max_words=100, seed=seed)
    aligned = random.Random(seed).sample(everything, min(settings["aligned_sentences"], len(everything)))
    folder = work / "vocabulary"
    kept = folder / "tokenizer.json"
    log(f"keeping {kept}" if kept.exists() else "training the vocabulary")
    tokenizer = (
        plain_tokenizer(kept) if kept.exists() else train_tokenizer(vocabulary_texts(data, aligned), settings["pieces"])
    )
    old_tokenizer = plain_tokenizer(source / "tokenizer.json")
    model = BertModel.from_pretrained(source, use_safetensors=True)
    log("transferring the embeddings")
    rows = transfer(
        model.embeddings.word_embeddings.weight.detach().numpy(),
        old_tokenizer,
        tokenizer,
        aligned,
        best=settings["dice_pieces"],
        french_ratio=settings["french_ratio"],
    )
    model.resize_token_embeddings(len(rows))
    with torch.no_grad():
        model.embeddings.word_embeddings.weight.copy_(torch.from_numpy(rows))
    model.config.pad_token_id = tokenizer.token_to_id("[PAD]")
    model.save_pretrained(folder)
    save_tokenizer(tokenizer, folder)
    write_dictionary(everything, settings["switch_dice"], folder, log)
    return folder
