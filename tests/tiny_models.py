"""Tiny untrained models in a folder, made on the spot: the real file layouts, in milliseconds. Imports torch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import torch
from tokenizers.models import WordPiece
from transformers import BertConfig, BertForSequenceClassification, BertModel

from claimcheck.training.vocabulary import SPECIAL, save_tokenizer, train_tokenizer

TEXTS = [
    "Le pont de Vaure est fermé depuis lundi.",
    "The bridge has been closed since Monday.",
    "Le maire n'a pas confirmé la réouverture.",
    "The mayor did not confirm it.",
]
DIM = 32


def tokenizer(folder: Path) -> int:
    """Write a tokenizer of the words of ``TEXTS``; the number of its pieces."""
    made = train_tokenizer(TEXTS, 50)
    found = {piece for text in [*TEXTS, "query:"] for piece in re.findall(r"\w+|[^\w\s]", text.lower())}
    pieces = [*SPECIAL, *sorted(found)]  # ours, because the trained ones change from run to run
    made.model = WordPiece({piece: index for index, piece in enumerate(pieces)}, unk_token=SPECIAL[1])
    save_tokenizer(made, folder)
    return int(made.get_vocab_size())


def config(pieces: int) -> BertConfig:
    """Two layers of two heads."""
    return BertConfig(
        vocab_size=pieces,
        hidden_size=DIM,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=256,
        initializer_range=0.4,  # wide enough that different texts differ
    )


def encoder(folder: Path) -> Path:
    """A sentence encoder without any head."""
    torch.manual_seed(1)
    BertModel(config(tokenizer(folder))).save_pretrained(folder)
    return folder


def classifier(folder: Path, labels: Mapping[int, str]) -> Path:
    """A pair classifier with these labels."""
    torch.manual_seed(2)
    made = config(tokenizer(folder))
    made.id2label = dict(labels)
    made.label2id = {name: index for index, name in labels.items()}
    BertForSequenceClassification(made).save_pretrained(folder)
    return folder
