#!/usr/bin/env python3
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes datasets/france/ (territories, perimeters) from real perimeters and populations.

    make_france.py SOURCE EPCI_JSON DEST

SOURCE holds territories.csv (territory, name, scale, ...) and communes_wide.csv
(commune, population, epci, ept, departement, region). EPCI_JSON is data/epci.json
of the npm package @etalab/decoupage-administratif: its members have the populations
that the intercommunal bodies' own are the sums of. SOURCE gives those of the communes
in no such body only, which are of another year.

Made anew here: the legal forms of intercommunal bodies (epci_cc, epci_ca, ...) become
the one scale `epci`; the overseas collectivities, which the source prints once as a
département and once as a région, stand once; larger territories have the sum of their
communes, or nothing where no commune was counted. Regions are written as their
départements, which the reader expands to communes.
"""

import csv
import json
import pathlib
import sys

SCALES = ["region", "collectivite_outre_mer", "departement", "epci", "ept", "commune"]  # largest first


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, head, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        out.writerows(rows)


def is_collectivity(code):
    """975 Saint-Pierre-et-Miquelon to 989 Clipperton; 971 to 974 and 976 are départements too."""
    return len(code) == 3 and code not in ("971", "972", "973", "974", "976")


def populations(communes, path):
    """Of each commune, as texts; "" where nobody counted."""
    of = {row["commune"]: row["population"] for row in communes}
    with open(path, encoding="utf-8") as file:
        for body in json.load(file):
            for member in body["membres"]:
                of[member["code"]] = str(member["populationMunicipale"])
    return of


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    source, epci_json, dest = map(pathlib.Path, sys.argv[1:])
    dest.mkdir(parents=True, exist_ok=True)
    listed, communes = read(source / "territories.csv"), read(source / "communes_wide.csv")
    people = populations(communes, epci_json)

    counted = {}  # territory to inhabitants; absent where nobody counted
    pieces = {scale: set() for scale in SCALES}
    for row in communes:
        commune, departement = "COM-" + row["commune"], "DEP-" + row["departement"]
        alone = is_collectivity(row["departement"])
        wholes = [("collectivite_outre_mer" if alone else "departement", departement)]
        wholes += [(scale, f"{scale.upper()}-{row[scale]}") for scale in ("epci", "ept") if row[scale]]
        for scale, whole in wholes:
            pieces[scale].add((whole, commune))
        if not alone:
            pieces["region"].add(("REG-" + row["region"], departement))
        if people[row["commune"]]:
            for whole in (commune, *(whole for _, whole in wholes), "REG-" + row["region"]):
                counted[whole] = counted.get(whole, 0) + int(people[row["commune"]])

    rows = []
    for row in listed:
        scale, code = row["scale"].split("_")[0], row["territory"].split("-")[1]
        if scale == "arrondissement" or (scale == "region" and is_collectivity(code)):
            continue
        if scale == "departement" and is_collectivity(code):
            scale = "collectivite_outre_mer"
        rows.append((SCALES.index(scale), row["territory"], row["name"], scale,
                     counted.get(row["territory"], "")))

    write(dest / "study.csv", ["key", "value"], [
        ["title", "France 2025\u202f: communes, intercommunalités, départements, régions (INSEE et DGCL par Etalab, Licence Ouverte 2.0)"],
        ["language", "fr"],
        ["date", "2025-01-01"],
    ])
    write(dest / "territories.csv", ["id", "name", "scale", "population"],
          [row[1:] for row in sorted(rows)])
    write(dest / "perimeters.csv", ["territory", "unit"],
          [piece for scale in SCALES for piece in sorted(pieces[scale])])


if __name__ == "__main__":
    main()
