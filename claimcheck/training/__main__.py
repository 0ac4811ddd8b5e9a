"""``python -m claimcheck.training STAGE…``: the same as ``claimcheck train``."""

from claimcheck.cli import train_app

if __name__ == "__main__":
    train_app()
