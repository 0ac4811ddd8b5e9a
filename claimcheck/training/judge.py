"""The network that judges a pair: one BERT trunk, a three-way NLI head and a four-way relation head.

The trunk with the NLI head is saved as an ordinary sequence classifier, so ``CrossEncoder(path)`` loads it; the
relation head lies beside it in ``relation_head.safetensors``.
"""

from __future__ import annotations

from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import BertForSequenceClassification, BertModel

from claimcheck.training.corpora import NLI_LABELS

RELATION_HEAD = "relation_head.safetensors"
RELATION_LABELS = ("agree", "diverge", "contradict", "unrelated")

Outputs = tuple[Tensor, Tensor, Tensor]  # pooled (n, dim), logits (n, 3) and (n, 4)


class Judge(nn.Module):
    """Pooled ``[CLS]`` of a pair -> logits of both heads."""

    def __init__(self, classifier: BertForSequenceClassification) -> None:
        super().__init__()
        self.bert = classifier.bert
        self.dropout = nn.Dropout(0.1)
        self.nli: nn.Module = classifier.classifier
        self.relation = nn.Linear(classifier.config.hidden_size, len(RELATION_LABELS))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (n, 3) in the order of ``NLI_LABELS`` and (n, 4) in the order of ``RELATION_LABELS``."""
        outputs = self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return self.nli(outputs.pooler_output), self.relation(outputs.pooler_output)

    def outputs(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Outputs:
        """What both heads read, and the logits that ``forward`` gives, for an eighth less work: for training."""
        pooled = _pooled(self.bert, input_ids, attention_mask, token_type_ids)
        kept = self.dropout(pooled)
        return pooled, self.nli(kept), self.relation(kept)


def _pooled(bert: BertModel, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
    """The trunk's pooled first token (n, dim); behind the last attention no other token is computed."""
    mask = None if attention_mask.all() else attention_mask[:, None, None, :].bool()
    hidden = bert.embeddings(input_ids=input_ids, token_type_ids=token_type_ids)
    *layers, last = bert.encoder.layer
    for layer in layers:
        hidden = layer(hidden, mask)
    attention, first = last.attention, hidden[:, :1]
    reading = attention.self

    def heads(projected: Tensor) -> Tensor:
        return projected.view(*projected.shape[:2], reading.num_attention_heads, -1).transpose(1, 2)

    attended = nn.functional.scaled_dot_product_attention(
        heads(reading.query(first)),
        heads(reading.key(hidden)),
        heads(reading.value(hidden)),
        attn_mask=mask,
        dropout_p=reading.dropout.p if bert.training else 0.0,
    )
    first = attention.output(attended.transpose(1, 2).flatten(-2), first)
    pooled: Tensor = bert.pooler(last.feed_forward_chunk(first))
    return pooled


def load_judge(folder: Path) -> Judge:
    """A judge from a saved one, or from a plain encoder (then both heads start anew)."""
    labels = dict(enumerate(NLI_LABELS))
    classifier = BertForSequenceClassification.from_pretrained(
        folder, id2label=labels, label2id={name: i for i, name in labels.items()}, use_safetensors=True
    )
    judge = Judge(classifier)
    head = folder / RELATION_HEAD
    if head.exists():
        judge.relation.load_state_dict(load_file(head))
    return judge


def save_judge(judge: Judge, folder: Path) -> None:
    """Write the trunk with its NLI head, and the relation head beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    config = judge.bert.config
    config.id2label = dict(enumerate(NLI_LABELS))
    config.label2id = {name: i for i, name in enumerate(NLI_LABELS)}
    classifier = BertForSequenceClassification(config)
    classifier.bert.load_state_dict(judge.bert.state_dict())
    classifier.classifier.load_state_dict(judge.nli.state_dict())
    classifier.to(next(judge.parameters()).dtype).save_pretrained(folder)
    save_file(
        {k: v.detach().cpu().contiguous() for k, v in judge.relation.state_dict().items()}, folder / RELATION_HEAD
    )
