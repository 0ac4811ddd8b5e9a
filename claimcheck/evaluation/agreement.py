"""How far reviewers agree beyond chance."""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence


def cohen_kappa(one: Sequence[str], other: Sequence[str]) -> float | None:
    """Cohen's kappa (1960) of two reviewers over the same units; None where it is undefined (a single label in use).

    :raises ValueError: if the lengths differ.
    """
    if len(one) != len(other):
        raise ValueError(f"{len(one)} and {len(other)} labels; both reviewers must have judged the same units")
    if len({*one, *other}) < 2:
        return None
    from sklearn.metrics import cohen_kappa_score

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns where the value is undefined; we return None there
        value = float(cohen_kappa_score(one, other))
    return None if math.isnan(value) else value


def krippendorff_alpha(units: Iterable[Sequence[str | None]]) -> float | None:
    """Krippendorff's alpha for nominal labels (2011): one sequence of labels a unit, any number of reviewers.

    None marks a missing label; units with fewer than two labels are left out. None is returned where alpha is
    undefined: no such unit, or a single label in use.
    """
    totals: Counter[str] = Counter()
    observed = 0.0
    for unit in units:
        counts = Counter(label for label in unit if label is not None)
        size = counts.total()
        if size < 2:
            continue
        totals.update(counts)
        observed += (size**2 - sum(count**2 for count in counts.values())) / (size - 1)
    n = totals.total()
    expected = n**2 - sum(count**2 for count in totals.values())
    return 1 - (n - 1) * observed / expected if expected else None
