"""``python -m claimcheck.training STAGE…``: the same as ``claimcheck train``."""

from claimcheck.cli import run, train_app

if __name__ == "__main__":
    run(train_app)
