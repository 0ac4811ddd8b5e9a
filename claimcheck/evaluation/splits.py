"""Which of our events and stories are for development, for fitting the decision, and for training."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

DEVELOPMENT, CALIBRATION, TRAINING = "development", "calibration", "training"


def event_split(event: str) -> str:
    """``development``, ``calibration`` (a tenth each) or ``training``: by the hash of its name, so it never moves."""
    bucket = int(hashlib.sha256(event.encode()).hexdigest(), 16) % 10
    return {0: DEVELOPMENT, 1: CALIBRATION}.get(bucket, TRAINING)


def story_split(root: Path, name: str) -> str:
    """``development``, ``calibration`` or ``training``, from ``root/splits.json``."""
    splits = json.loads((root / "splits.json").read_text(encoding="utf-8"))
    return next((split for split, names in splits.items() if name in names), TRAINING)
