"""A small invented story told by three outlets, and how to lay it down as files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

CLOSED = "La préfecture a fermé le pont de Vaure lundi matin après la crue."
WILL_CONFIRM = "Le maire Paul Remy va confirmer la réouverture du pont jeudi."
WILL_NOT_CONFIRM = "Le maire Paul Remy va pas confirmer la réouverture du pont jeudi."

NORD = f"""Le pont de Vaure reste fermé
{CLOSED}
{WILL_CONFIRM}
La crue a endommagé douze maisons dans le quartier du moulin.
"""
SUD = f"""Vaure attend son pont
{CLOSED}
{WILL_NOT_CONFIRM}
Les commerçants de la grande rue demandent une aide de la région.
"""
EST = """Une école rouvre à Lorme
La municipalité de Lorme accueille soixante élèves dans une école neuve.
Les travaux du gymnase commencent au printemps prochain.
"""
STORY = {"nord": NORD, "sud": SUD, "est": EST}
DAYS = {"nord": "2031-02-10", "sud": "2031-02-12", "est": "2031-02-11"}


def lay_down(folder: Path, texts: Mapping[str, str] = STORY, outlets: Mapping[str, str] | None = None) -> Path:
    """Write one ``NAME.txt`` a text and the manifest; ``outlets`` renames the outlets of files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "outlet", "published"])
        for name in texts:
            outlet = (outlets or {}).get(name, name.capitalize())
            rows.writerow([f"{name}.txt", outlet, DAYS.get(name, "2031-02-13")])
    return folder
