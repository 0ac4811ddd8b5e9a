"""What several test files share: offline mode, and the folders a checkout may lack."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

# Deadlines measure the machine, not the code.
settings.register_profile("claimcheck", deadline=None)
settings.load_profile("claimcheck")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and development sets beside the repository; tests that need it skip without it."""
    folder = Path(os.environ.get("CLAIMCHECK_SHARED", ROOT.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip(f"{folder} is not here: it holds articles that the repository must not")
    return folder
