"""Pairs of sentences to judgements: signals, the judge in both orders, the calibrated decision."""
