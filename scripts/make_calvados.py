#!/usr/bin/env python3
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes datasets/calvados/ (territories, perimeters) from two CSVs of real perimeters.

    make_calvados.py SOURCE DEST

SOURCE holds territories.csv (territory, name, scale, population, ...) and
memberships.csv (territory, commune, share). The legal forms of intercommunal
bodies (epci_cc, epci_ca, epci_cu) become the one scale `epci`; the form stays
legible in the name (CC, CA, CU).
"""

import csv
import pathlib
import sys


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, head, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        out.writerows(rows)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, dest = map(pathlib.Path, sys.argv[1:])
    dest.mkdir(parents=True, exist_ok=True)
    territories, members = read(source / "territories.csv"), read(source / "memberships.csv")
    write(dest / "study.csv", ["key", "value"], [
        ["title", "Calvados : périmètres réels (2025)"],
        ["language", "fr"],
        ["date", "2025-01-01"],
    ])
    write(dest / "territories.csv", ["id", "name", "scale", "population"],
          [[row["territory"], row["name"], row["scale"].split("_")[0], row["population"]]
           for row in territories])
    known = {row["territory"] for row in territories}
    write(dest / "perimeters.csv", ["territory", "unit", "share"],
          [[row["territory"], row["commune"], row["share"]]
           for row in members if row["territory"] in known and row["commune"] in known])


if __name__ == "__main__":
    main()
