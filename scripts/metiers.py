"""
Build the data of ``documents/metiers`` from a folder of CSV files: ESCO, Competent, ROME, CITP.

Run it when a new edition of one of the classifications comes: ``python scripts/metiers.py FOLDER``. The
columns of the four files are written in ``docs/reference/metiers.md``. The same input gives the same bytes.
"""

import argparse
import csv
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from clefdevoute.documents.metiers.index import CITP, DATA, ESCO
from clefdevoute.documents.metiers.mots import stems

SAME = frozenset({"exactMatch"})


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Read one file of the folder, row by row."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def clean(label: str) -> str:
    """Write a label on one line, free of the two signs that separate ours."""
    return " ".join(label.replace("|", " ").replace("(h/f/x)", " ").split())


def esco(folder: Path) -> dict[str, list[str]]:
    """Gather the labels of each ESCO occupation, the preferred one first."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(folder, "esco_occupations_labels_fr.csv"):
        found[row["esco_uri"].removeprefix(ESCO)].append(clean(row["label_fr"]))
    return dict(found)


def competent(folder: Path, occupations: dict[str, list[str]]) -> dict[str, list[str]]:
    """Join a Belgian title to the ESCO occupation it equals; keep the others as titles of their own."""
    alone: dict[str, list[str]] = {}
    joined = set()
    for row in rows(folder, "competent_be_fr_to_esco.csv"):
        code, title = row["competent_id"], clean(row["titre_fr"])
        alone[code] = [title]
        if row["relation"] in SAME:
            occupations[row["esco_uri"].removeprefix(ESCO)].append(title)
            joined.add(code)
    return {code: labels for code, labels in alone.items() if code not in joined}


def rome(folder: Path, occupations: dict[str, list[str]]) -> dict[str, list[str]]:
    """Keep the appellations whose words are not those of an ESCO label already."""
    known = {frozenset(stems(label)) for labels in occupations.values() for label in labels}
    found = {}
    for row in rows(folder, "rome_appellations_fr.csv"):
        label = clean(row["libelle_fr"])
        if frozenset(stems(label)) not in known:
            found[row["rome_appellation_code"]] = [label]
    return found


def citp(folder: Path) -> dict[str, list[str]]:
    """Gather the groups of CITP-08."""
    return {
        row["isco_uri"].removeprefix(CITP): [clean(row["label_fr"])] for row in rows(folder, "isco08_groups_fr.csv")
    }


def lines(folder: Path) -> Iterator[str]:
    """Write each entry: kind, code, labels, and the stems of each label; equal stems are kept once."""
    occupations = esco(folder)
    parts = [
        ("C", competent(folder, occupations)),
        ("R", rome(folder, occupations)),
        ("I", citp(folder)),
        ("E", occupations),
    ]
    for kind, entries in parts:
        for code in sorted(entries):
            kept: dict[frozenset[str], tuple[str, str]] = {}
            for label in entries[code]:
                words = stems(label) or (label.lower(),)
                kept.setdefault(frozenset(words), (label, " ".join(words)))
            labels, stemmed = zip(*kept.values(), strict=True)
            yield "\t".join((kind, code, "|".join(labels), "|".join(stemmed))) + "\n"


def main() -> int:
    """Build the file and say how large it is."""
    parser = argparse.ArgumentParser(description="Construire les métiers livrés avec Clef de voûte.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with DATA.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0, filename="") as packed:
        count = sum(1 for line in lines(folder) if packed.write(line.encode()))
    sys.stdout.write(f"{count} métiers, {DATA.stat().st_size} octets\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
