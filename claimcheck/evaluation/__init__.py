"""Measuring: labelled pairs in, scores out, and the gate that keeps the scores from falling."""
