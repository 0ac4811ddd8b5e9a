"""What the judge computes while it learns is what it computes once shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # torch alone takes seconds to import

SHORT, LONG = ("Un chat dort.", "Le pont est fermé."), ("Le pont de la ville est fermé depuis lundi.", "Il dort.")


@pytest.mark.parametrize("pairs", [[SHORT, LONG], [SHORT, SHORT]], ids=["padded", "of one length"])
def test_the_first_token_alone_gives_the_logits_and_the_gradients_of_the_whole(
    pairs: list[tuple[str, str]], tmp_path: Path
) -> None:
    import torch
    from tiny_models import encoder
    from tokenizers import Tokenizer

    from claimcheck.training.judge import load_judge
    from claimcheck.training.loop import tensors

    encoder(tmp_path)
    torch.manual_seed(1)
    judge = load_judge(tmp_path).eval()
    inputs = tensors(Tokenizer.from_file(str(tmp_path / "tokenizer.json")), pairs, 64)
    found = []
    for logits in (judge(**inputs), judge.outputs(**inputs)[1:]):
        loss = torch.cat(logits, dim=1).square().sum()
        found.append([*logits, *torch.autograd.grad(loss, list(judge.parameters()))])
    for whole, first in zip(*found, strict=True):
        torch.testing.assert_close(first, whole, atol=1e-4, rtol=1e-3)


def test_texts_are_counted_as_they_are_read(tmp_path: Path) -> None:
    from tiny_models import encoder
    from tokenizers import Tokenizer

    from claimcheck.training.loop import tensors, token_counts

    encoder(tmp_path)
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    for texts in ([SHORT, LONG], [*SHORT, *LONG]):
        for limit in (6, 64):
            read = tensors(tokenizer, texts, limit)["attention_mask"].sum(dim=1)
            assert token_counts(tokenizer, texts, limit) == read.tolist()
