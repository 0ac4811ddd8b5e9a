from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow  # torch alone takes seconds to import

LENGTHS = st.lists(st.integers(1, 60), min_size=1, max_size=40)


class StoppedError(Exception):
    """Stands for a killed run."""


@settings(deadline=None)
@given(LENGTHS, st.integers(1, 200), st.integers(1, 3), st.integers(0, 5))
def test_batches_hold_everything_once_an_epoch_within_the_token_budget(
    lengths: list[int], tokens: int, epochs: int, seed: int
) -> None:
    from claimcheck.training.loop import bucketed

    batches = bucketed(lengths, tokens, epochs, seed)
    assert sorted(i for batch in batches for i in batch) == sorted([*range(len(lengths))] * epochs)
    assert all(len(batch) == 1 or max(lengths[i] for i in batch) * len(batch) <= tokens for batch in batches)
    assert batches == bucketed(lengths, tokens, epochs, seed)


def test_another_seed_or_epoch_gives_another_order() -> None:
    from claimcheck.training.loop import bucketed

    lengths = [3 + i % 7 for i in range(100)]
    first, second = bucketed(lengths, 60, 1, 1), bucketed(lengths, 60, 1, 2)
    assert first != second
    both = bucketed(lengths, 60, 2, 1)
    assert both[: len(first)] != both[len(first) :]


def test_mean_pooling_leaves_masked_positions_out_and_gives_unit_rows() -> None:
    import torch

    from claimcheck.training.loop import mean_pool

    hidden = torch.tensor([[[3.0, 0.0], [0.0, 4.0], [99.0, 99.0]], [[0.0, 2.0], [9.0, 9.0], [9.0, 9.0]]])
    mask = torch.tensor([[1, 1, 0], [1, 0, 0]])
    np.testing.assert_allclose(mean_pool(hidden, mask).numpy(), [[0.6, 0.8], [0.0, 1.0]], atol=1e-6)
    assert torch.isfinite(mean_pool(hidden, torch.zeros_like(mask))).all()


def test_the_learning_rate_warms_up_then_falls_to_nothing() -> None:
    from claimcheck.training.loop import WARM_UP, _schedule

    rates = [_schedule(step, 1000) for step in range(1001)]
    top = int(1000 * WARM_UP)
    assert rates[:top] == sorted(rates[:top])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert max(rates) == pytest.approx(1)
    assert rates[-1] == 0
    assert _schedule(0, 1) == 1


def test_texts_become_padded_tensors_of_at_most_the_limit() -> None:
    from claimcheck.training.loop import tensors
    from claimcheck.training.vocabulary import train_tokenizer

    tokenizer = train_tokenizer(["le pont est fermé depuis lundi"] * 5, 100)
    made = tensors(tokenizer, [("le pont", "est fermé"), ("le pont est fermé " * 9, "lundi")], 12)
    assert {tuple(value.shape) for value in made.values()} == {(2, 12)}
    assert made["attention_mask"][1].sum() == 12
    assert made["attention_mask"][0].sum() < 12
    assert (made["input_ids"][0][made["attention_mask"][0] == 0] == tokenizer.token_to_id("[PAD]")).all()


def learner(stop_at: int | None = None) -> tuple[Any, Any]:
    """A small network that learns to add, and its loss, which may break off."""
    import torch
    from torch import nn

    torch.manual_seed(0)
    module = nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.2), nn.Linear(4, 1))
    data = torch.randn(64, 2)
    steps = iter(range(10_000))

    def loss(batch: Sequence[int]) -> Any:
        if next(steps) == stop_at:
            raise StoppedError
        chosen = data[list(batch)]
        return ((module(chosen).squeeze(-1) - chosen.sum(1)) ** 2).mean()

    return module, loss


def planned(frozen: tuple[str, ...] = ()) -> Any:
    from claimcheck.training.loop import Plan, bucketed

    return Plan("test", bucketed([1] * 64, 8, 6, 0), 0.02, 5, frozen)


def test_training_lowers_the_loss_and_ends_in_eval_mode(tmp_path: Path) -> None:
    from claimcheck.training.loop import train

    logged: list[str] = []
    module, loss = learner()
    before = loss(range(64)).item()
    train(module, planned(), loss, tmp_path, logged.append)
    assert not module.training
    assert loss(range(64)).item() < 0.5 * before
    assert logged[-1].startswith("test 48/48 loss ")


def test_an_interrupted_run_goes_on_to_the_very_same_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from claimcheck.training import loop

    monkeypatch.setattr(loop, "CHECKPOINT_SECONDS", -1)
    whole, loss = learner()
    loop.train(whole, planned(), loss, tmp_path / "whole", lambda _: None)

    logged: list[str] = []
    stopped, loss = learner(stop_at=20)
    with pytest.raises(StoppedError):
        loop.train(stopped, planned(), loss, tmp_path / "parts", logged.append)
    resumed, loss = learner()
    loop.train(resumed, planned(), loss, tmp_path / "parts", logged.append)
    assert "resuming at step 20" in logged
    for one, other in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        np.testing.assert_array_equal(one.numpy(), other.numpy())
    assert not list((tmp_path / "parts").rglob("*.part"))


def test_frozen_parameters_stay_as_they_were(tmp_path: Path) -> None:
    from claimcheck.training.loop import train

    module, loss = learner()
    before = {name: value.clone() for name, value in module.state_dict().items()}
    train(module, planned(frozen=("0.",)), loss, tmp_path, lambda _: None)
    changed = {name for name, value in module.state_dict().items() if not value.equal(before[name])}
    assert changed == {"2.weight", "2.bias"}


def test_the_average_of_two_models_leaves_what_is_kept_alone() -> None:
    import torch

    from claimcheck.training.loop import blend

    def filled(value: float) -> torch.nn.ModuleDict:
        module = torch.nn.ModuleDict({name: torch.nn.Linear(2, 2) for name in ("trunk", "relation")})
        for parameter in module.parameters():
            torch.nn.init.constant_(parameter, value)
        return module

    module = filled(4.0)
    blend(module, filled(0.0), 0.75, keep="relation.")
    means = {name: float(parameter.detach().mean()) for name, parameter in module.named_parameters()}
    assert means == {"trunk.weight": 3.0, "trunk.bias": 3.0, "relation.weight": 4.0, "relation.bias": 4.0}


def test_an_encoder_that_has_nothing_to_be_averaged_with_is_refused_before_it_is_trained(tmp_path: Path) -> None:
    from claimcheck.errors import InputError
    from claimcheck.training import similarity

    with pytest.raises(InputError, match="run the stage vocabulary before similarity"):
        similarity.run(tmp_path, tmp_path, tmp_path, {}, 1, print)
