"""Review: findings kept for reviewers, their decisions, how far they agree, and the local web app."""
