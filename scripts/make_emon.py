#!/usr/bin/env python3
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the seven studies of datasets/emon/ from the EMON networks as two CSVs.

    make_emon.py SOURCE DEST

SOURCE holds nodes.csv (network, id, sponsorship, ...) and edges.csv (network,
source, target, frequency), written from data(emon) of the R package network;
DEST gets one folder a network. Rows keep the order of the source: published
results name organisations by their position.
"""

import csv
import pathlib
import re
import sys

# Where each search and rescue took place, for people who do not know the networks' names.
PLACES = {
    "Cheyenne": "Cheyenne, Wyoming",
    "HurrFrederic": "Jackson County, Mississippi (Hurricane Frederic)",
    "LakePomona": "Lake Pomona, Kansas",
    "MtSi": "Mount Si, Washington",
    "MtStHelens": "Mount St. Helens, Washington",
    "Texas": "Texas Hill Country",
    "Wichita": "Wichita Falls, Texas",
}


def name(text):
    """R wrote a dot for whatever is no letter or digit: `Crable.Ambulance`."""
    return re.sub(r" +", " ", text.replace(".", " ")).strip()


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
    nodes, edges = read(source / "nodes.csv"), read(source / "edges.csv")
    for network, place in PLACES.items():
        folder = dest / network.lower()
        folder.mkdir(parents=True, exist_ok=True)
        ours = [node for node in nodes if node["network"] == network]
        names = [name(node["id"]) for node in ours]
        assert len(set(names)) == len(names), f"{network}: two organisations become one name"
        write(folder / "study.csv", ["key", "value"], [
            ["title", f"Search and rescue: {place}"],
            ["territory", place],
            ["language", "en"],
            # 1 = continuously ... 4 = about once a day or less: the table keeps what was
            # answered, and this line turns it round into a strength of 4 ... 1.
            ["ties.weight", "5-frequency"],
        ])
        write(folder / "actors.csv", ["id", "kind", "sector"],
              [[name(node["id"]), "organisation", node["sponsorship"]] for node in ours])
        write(folder / "ties.csv", ["from", "to", "kind", "directed", "frequency"],
              [[name(edge["source"]), name(edge["target"]), "informs", "yes", edge["frequency"]]
               for edge in edges if edge["network"] == network])


if __name__ == "__main__":
    main()
