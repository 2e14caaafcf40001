#!/usr/bin/env python3
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures random networks with maillage and with other programs, and compares.

    oracle.py PROGRAM [--keep FOLDER] [--only WORD]

Networks are drawn from a fixed seed, and written as studies: directed or not, weighted or not,
sparse with isolates, in several pieces, dense, with tiny sectors, one sector, unknown sectors,
trees, stars; and tables of participations. Each is measured once a convention, and every number
another program has under the same definition (oracle_rules.py and oracle_sectors.py say which)
must be the same to 1e-9 of its size. Undefined must be undefined on both sides, unless a rule
says otherwise. What maillage does not measure (yet) is listed as not there.

Exit status: 0 all agree, 1 something differs, 2 usage, 77 skipped: networkx, numpy or scipy is
missing. R's packages sna, igraph and vegan are used where they are, and named where they are not.
"""

import argparse
import collections
import csv
import json
import math
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

CONVENTIONS = (None, "sna", "igraph")


class Network:
    """A random network: ties with weights, a sector an actor or None."""

    def __init__(self, name, sectors, ties, directed, weighted):
        self.name, self.directed, self.weighted = name, directed, weighted
        self.actors = [f"A{i:03d}" for i in range(len(sectors))]
        self.sectors, self.ties = sectors, ties  # ties: {(i, j): weight}, i < j when undirected
        self.answers = {}

    view = "ties"

    def write(self, folder):
        """As a study, and as the plain square that oracle.R reads."""
        study = folder / self.name
        study.mkdir()
        write_actors(study, self.actors, self.sectors)
        with open(study / "ties.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["from", "to", "directed"] + ["weight"] * self.weighted)
            for (i, j), weight in sorted(self.ties.items()):
                out.writerow([self.actors[i], self.actors[j], "yes" if self.directed else "no"]
                             + [weight] * self.weighted)
        n = len(self.actors)
        codes = sorted({s for s in self.sectors if s})
        lines = ["directed" if self.directed else "undirected"]
        for i in range(n):
            lines.append(" ".join(str(self.weight(i, j)) for j in range(n)))
        lines.append(" ".join(str(codes.index(s) + 1 if s else 0) for s in self.sectors))
        (folder / f"{self.name}.graph").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def weight(self, i, j):
        """Of the tie from i to j; 0 without one."""
        if not self.directed and i > j:
            i, j = j, i
        return self.ties.get((i, j), 0)


class Table:
    """Random participations: which actors each activity gathers."""

    view = "participations"

    def __init__(self, name, sectors, seats, activities):
        self.name, self.sectors = name, sectors
        self.actors = [f"A{i:03d}" for i in range(len(sectors))]
        self.activities = [f"E{e:03d}" for e in range(activities)]
        self.seats = seats  # {(actor, activity)}
        self.answers = {}

    def write(self, folder):
        """As a study, and as the plain table that oracle.R reads."""
        study = folder / self.name
        study.mkdir()
        write_actors(study, self.actors, self.sectors)
        with open(study / "activities.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["id"]] + [[e] for e in self.activities])
        with open(study / "participations.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["actor", "activity"])
            for i, e in sorted(self.seats):
                out.writerow([self.actors[i], self.activities[e]])
        rows = [" ".join(str(int((i, e) in self.seats)) for e in range(len(self.activities)))
                for i in range(len(self.actors))]
        (folder / f"{self.name}.table").write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_actors(study, actors, sectors):
    """The table of actors."""
    with open(study / "actors.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "kind", "sector"])
        for actor, sector in zip(actors, sectors):
            out.writerow([actor, "organisation", sector or ""])


# ---- random networks ----------------------------------------------------------------


def deal(rng, sizes, unknown=0):
    """Sectors of these sizes, shuffled."""
    sectors = [f"S{k + 1}" for k, size in enumerate(sizes) for _ in range(size)]
    sectors += [None] * unknown
    rng.shuffle(sectors)
    return sectors


def draw(rng, name, sizes, m, directed, weighted, unknown=0, pieces=1):
    """m ties at random, inside `pieces` sets of actors (the last actors stay alone)."""
    sectors = deal(rng, sizes, unknown)
    n = len(sectors)
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j and (directed or i < j)]
    if pieces > 1:
        pairs = [(i, j) for i, j in pairs if i % (pieces + 1) == j % (pieces + 1) < pieces]
    ties = {pair: rng.randint(1, 20) / 4 if weighted else 1
            for pair in rng.sample(pairs, min(m, len(pairs)))}
    return Network(name, sectors, ties, directed, weighted)


def networks():
    """Every kind, from one seed."""
    rng = random.Random(20251)
    made = []
    for directed in (False, True):
        for weighted in (False, True):
            word = ("arcs" if directed else "ties") + ("-weighted" if weighted else "")
            more = 2 if directed else 1
            kinds = {
                "sparse": dict(sizes=(6, 5, 4, 1), m=12 * more),
                "dense": dict(sizes=(4, 3, 3, 1, 1), m=40 * more),
                "pieces": dict(sizes=(8, 6, 4), m=14 * more, pieces=3),
                "middle": dict(sizes=(16, 12, 8, 4), m=90 * more),
                "two-sectors": dict(sizes=(9, 5), m=25 * more),
                "one-sector": dict(sizes=(9,), m=14 * more),
                "unknown": dict(sizes=(6, 4, 3), m=28 * more, unknown=4),
                "tiny": dict(sizes=(2, 1), m=2 * more),
                "single": dict(sizes=(1, 1, 1, 1, 1, 1, 1), m=9 * more),
                "whole": dict(sizes=(3, 2, 2), m=100),
            }
            for kind, how in kinds.items():
                for copy in range(2 if kind in ("sparse", "middle", "pieces", "unknown") else 1):
                    made.append(draw(rng, f"{word}-{kind}-{copy}", directed=directed,
                                     weighted=weighted, **how))
    sectors = deal(rng, (5, 4, 3))
    made.append(Network("arcs-tree", sectors, {((i - 1) // 2, i): 1 for i in range(1, 12)}, True,
                        False))
    made.append(Network("arcs-order", sectors,
                        {(i, j): 1 for i in range(12) for j in range(i + 1, 12)
                         if rng.random() < .3}, True, False))
    made.append(Network("ties-star", sectors, {(0, i): 1 for i in range(1, 12)}, False, False))
    made.append(Network("ties-ring", sectors, {(i, i + 1): 1 for i in range(11)} | {(0, 11): 1},
                        False, False))
    made.append(Network("ties-one", sectors, {(0, 1): 1}, False, False))
    return made


def tables():
    """Participations of every kind."""
    rng = random.Random(20252)
    made = []
    for copy, (actors, activities, share) in enumerate(
            [((5, 4, 3), 8, .3), ((5, 4, 3), 8, .6), ((12, 8, 5, 1), 15, .15), ((3, 2), 3, .5),
             ((10, 10, 10), 20, .1), ((4, 4), 6, 1.0)]):
        sectors = deal(rng, actors)
        seats = {(i, e) for i in range(len(sectors)) for e in range(activities)
                 if rng.random() < share}
        made.append(Table(f"seats-{copy}", sectors, seats, activities))
    seats = {(i, e) for i in range(8) for e in range(8) if i + e < 8}  # perfectly nested
    made.append(Table("seats-nested", deal(rng, (4, 4)), seats, 8))
    seats = {(i, i // 2) for i in range(8)}  # nobody meets twice
    made.append(Table("seats-apart", deal(rng, (4, 4)), seats, 4))
    return made


# ---- the programs ---------------------------------------------------------------------


def known_measures(program):
    """What `maillage measures` lists."""
    out = subprocess.run([program, "measures", "--lang", "en"], check=True,
                         capture_output=True).stdout.decode()
    return {line.split()[0] for line in out.splitlines() if line and not line[0].isspace()}


def ask(program, study, view, convention):
    """All measures of a view: {id: [values in order]}."""
    words = [program, "measure", study, "--view", view, "--draws", "99", "-q", "--format", "json"]
    if convention:
        words += ["--convention", convention]
    done = subprocess.run(words, capture_output=True, check=False)
    if done.returncode != 0:
        return None
    answers = collections.defaultdict(list)
    for value in json.loads(done.stdout)["measures"]:
        answers[value["id"]].append(value)
    return answers


def ask_r(folder):
    """What R's packages say: {name: {key: numbers}}, and which packages there were."""
    if shutil.which("Rscript") is None:
        return {}, "no R"
    script = pathlib.Path(__file__).with_name("oracle.R")
    done = subprocess.run(["Rscript", "--vanilla", script, folder], capture_output=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(f"oracle.R failed:\n{done.stderr.decode()}")
    said, packages = collections.defaultdict(dict), "R without packages"
    for line in done.stdout.decode().splitlines():
        name, key, numbers = line.split("\t")
        if name == "packages":
            packages = "R with " + (numbers.strip() or "none of sna, igraph, vegan")
        else:
            said[name][key] = [None if x in ("NaN", "NA") else float(x) for x in numbers.split()]
    return said, packages


# ---- comparing --------------------------------------------------------------------------


def is_number(x):
    """Neither missing nor NaN; infinite is a number."""
    return x is not None and not math.isnan(x)


class Verdicts:
    """What agreed, what differs, what was not there."""

    def __init__(self):
        self.agreed = collections.Counter()
        self.undefined = collections.Counter()
        self.differs = collections.defaultdict(list)
        self.not_there = set()

    def compare(self, what, where, ours, theirs, undefined_too):
        """Lists of numbers. undefined_too: may ours be undefined where theirs is a number?"""
        if len(ours) != len(theirs):
            self.differs[what].append(f"{where}: {len(ours)} values, not {len(theirs)}")
            return
        for k, (a, b) in enumerate(zip(ours, theirs)):
            if not is_number(a) and (not is_number(b) or undefined_too):
                self.undefined[what] += 1
            elif is_number(a) and is_number(b) and (
                    a == b or abs(a - b) <= 1e-9 * max(1.0, abs(b))):
                self.agreed[what] += 1
            else:
                self.differs[what].append(f"{where}[{k}]: {a} here, {b} there")

    def report(self, packages):
        """Prints one line a comparison; answers the exit status."""
        every = sorted(set(self.agreed) | set(self.undefined) | set(self.differs))
        for what in every:
            line = f"{what:<76} {self.agreed[what]:6d} agree"
            line += f", {self.undefined[what]} undefined" if self.undefined[what] else ""
            if what in self.differs:
                line += f", {len(self.differs[what])} DIFFER"
            print(line)
            for difference in self.differs.get(what, [])[:3]:
                print(f"    {difference}")
        for what in sorted(self.not_there):
            print(f"{what:<76} not there")
        print(f"oracle: {sum(self.agreed.values())} numbers agree in {len(every)} comparisons, "
              f"{sum(map(len, self.differs.values()))} differ, {len(self.not_there)} measures or "
              f"parts not there; {packages}")
        return 1 if any(self.differs.values()) else 0


def parts_of(answers, measure, part, order):
    """Our numbers in the order of the subjects given; None: the measure is not there."""
    name, _, scope = measure.partition("@")
    values = [v for v in answers.get(name, []) if not scope or v["scope"] == scope]
    if not values:
        return None
    value = values[0]
    if value.get("subjects") is None:
        held = value if part in (None, "expected", "sd", "p") else value.get("parts", {})
        found = part is None or part in held or value["undefined"]
        return [held.get(part or "value")] if found else None
    numbers = (value["values"] if not part else
               value.get(part) if part in ("expected", "sd", "p") else value["parts"].get(part))
    if numbers is None:
        return [None] * len(order) if value["undefined"] else None
    named = {tuple(s) if isinstance(s, list) else s: x for s, x in zip(value["subjects"], numbers)}
    return [named.get(s) for s in order]


def check(network, rules, known, verdicts, theirs_of_r):
    """Every rule that fits one network."""
    for rule in rules:
        if rule.fits is not None and not rule.fits(network):
            continue
        name = rule.measure.partition("@")[0]
        if name not in known:
            verdicts.not_there.add(rule.measure)
            continue
        answers = network.answers.get(rule.convention)
        if answers is None:
            continue
        order, theirs = rule.ask(network, theirs_of_r.get(network.name, {}))
        if theirs is None:
            continue
        ours = parts_of(answers, rule.measure, rule.part, order)
        if ours is None:
            if answers.get(name):
                verdicts.not_there.add(f"{rule.measure}, part {rule.part}")
            continue
        verdicts.compare(rule.title(), network.name, ours, theirs, rule.undefined_too)


def main():
    """Draws, measures, compares."""
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--only", metavar="WORD", default="")
    given = parser.parse_args()
    try:
        import networkx, numpy, scipy  # noqa: E401, F401 pylint: disable=multiple-imports
    except ImportError as missing:
        print(f"oracle.py: skipped, {missing.name} is not installed "
              "(python3-networkx, python3-numpy, python3-scipy)")
        return 77
    import oracle_rules
    import oracle_sectors  # noqa: F401 its rules join the others
    packages = (f"networkx {networkx.__version__}, numpy {numpy.__version__}, "
                f"scipy {scipy.__version__}")
    verdicts = Verdicts()
    known = known_measures(given.program)
    rules = [r for r in oracle_rules.RULES if given.only in r.title()]
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(given.keep or scratch)
        folder.mkdir(exist_ok=True)
        every = networks() + tables()
        for network in every:
            network.write(folder)
        said, r_packages = ask_r(folder)
        for network in every:
            for convention in CONVENTIONS:
                network.answers[convention] = ask(given.program, folder / network.name,
                                                  network.view, convention)
            if network.answers[None] is None:
                print(f"{network.name}: maillage measure failed", file=sys.stderr)
                return 1
            check(network, rules, known, verdicts, said)
    return verdicts.report(f"{packages}, {r_packages}")


if __name__ == "__main__":
    sys.exit(main())
