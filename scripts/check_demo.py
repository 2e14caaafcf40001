#!/usr/bin/env python3
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says whether what datasets/demo/README.md lists as planted is there, and how strongly.

    check_demo.py [STUDY]

A second look at the tables, apart from the program: plain counts, permutations and trades
with Python's standard library. Each line is `ok` or `MISSING`; exit status 1 if any is missing.
"""

import collections
import csv
import datetime
import itertools
import math
import pathlib
import random
import statistics
import sys

STUDY = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "datasets/demo")
DRAWS = 300
DAY, FIRST = datetime.date(2026, 10, 31), datetime.date(2025, 11, 1)
TOWN = "COM-14762"
rng = random.Random(20261031)
missing = 0


def read(name):
    with open(STUDY / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def many(cell):
    return [part for part in cell.split("|") if part and part != "aucun"]


def tell(what, holds, figures):
    global missing
    missing += not holds
    print("%-7s %-28s %s" % ("ok" if holds else "MISSING", what, figures))


def date(cell):
    day, month, year = cell.split("/")
    return datetime.date(int(year), int(month), int(day))


alias = {row["variante"]: row["nom_retenu"] for row in read("alias.csv")}
actors = {row["nom"]: row for row in read("annuaire.csv")}
activities = {row["nom"]: row for row in read("instances.csv")}
schemes = {row["dispositif"]: row for row in read("dispositifs.csv")}
posts = read("postes.csv")
places = {row["code_insee"]: row for row in read("territoires.csv")}


def organisation(name):
    """A person or a service stands for its body; a misspelt name stands for itself."""
    name = alias.get(name, name)
    row = actors.get(name)
    return row["organisme"] if row and row["organisme"] else name


def sector(name):
    return actors[name]["domaine"] if name in actors else ""


def came(row):
    return row["present"] in ("oui", "représenté") and FIRST <= date(row["date"]) <= DAY


def bodies(row):
    """The organisation that took part: the one spoken for, else that of the person."""
    behalf = alias.get(row["au_titre_de"], row["au_titre_de"])
    spoken = behalf in actors or not row["participant"]
    return organisation(behalf if spoken else row["participant"])


presences = [row for row in read("presences.csv") if came(row)]
seats = collections.defaultdict(set)  # activity -> organisations
for row in presences:
    seats[row["instance"]].add(bodies(row))
for row in activities.values():
    for name in many(row["porteurs"]) + many(row["partenaires"]):
        seats[row["nom"]].add(organisation(name))


def units_of(territory):
    inside = [row["unite"] for row in read("perimetres.csv") if row["territoire"] == territory]
    return set().union(*map(units_of, inside)) if inside else {territory}


def people(units):
    return sum(int(places[unit]["population"]) for unit in units)


def p_low(observed, draws):
    return (1 + sum(value <= observed for value in draws)) / (1 + len(draws))


def together(groups):
    """Pairs that share a group."""
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


def crossings(pairs, label, one=None):
    """Pairs of two sectors; with `one`, of these two."""
    return sum(label[a] != label[b] and (one is None or {label[a], label[b]} == one)
               for a, b in pairs)


# ---- silos ------------------------------------------------------------------------------

PAIR = {"soins de ville", "action sociale"}
ties = {tuple(sorted((organisation(row["de"]), organisation(row["avec"]))))
        for row in read("liens.csv")}
ties = {pair for pair in ties if pair[0] != pair[1]}
names = sorted({name for pair in ties for name in pair})
label = {name: sector(name) for name in names}
null = []
for _ in range(DRAWS):
    dealt = list(label.values())
    rng.shuffle(dealt)
    shuffled = dict(zip(names, dealt))
    null.append((crossings(ties, shuffled), crossings(ties, shuffled, PAIR)))
for i, what, observed in ((0, "silo, ties", crossings(ties, label)),
                          (1, "two sectors apart, ties", crossings(ties, label, PAIR))):
    draws = [pair[i] for pair in null]
    tell(what, p_low(observed, draws) <= 0.01, "%d for %.1f expected (p = %.4f)" % (
        observed, statistics.mean(draws), p_low(observed, draws)))


def trade(rows, times, may):
    """Curveball: two rows exchange some of what only one of them has, where both may."""
    keys = sorted(rows)
    for _ in range(times):
        a, b = rng.sample(keys, 2)
        mine = [x for x in sorted(rows[a] - rows[b]) if may(x, b)]
        theirs = [x for x in sorted(rows[b] - rows[a]) if may(x, a)]
        pool = mine + theirs
        rng.shuffle(pool)
        rows[a] = (rows[a] - set(mine)) | set(pool[:len(mine)])
        rows[b] = (rows[b] - set(theirs)) | set(pool[len(mine):])


label = {name: sector(name) for group in seats.values() for name in group}
known = {key: {name for name in group if label[name]} for key, group in seats.items()}
found = together(known.values())
share = lambda pairs: crossings(pairs, label) / len(pairs)
null, mixed = [], {key: set(group) for key, group in known.items()}
trade(mixed, 2000, lambda x, b: True)
for _ in range(DRAWS // 2):
    trade(mixed, 150, lambda x, b: True)
    pairs = together(mixed.values())
    null.append((share(pairs), crossings(pairs, label, PAIR)))
for i, what, observed in ((0, "silo, participations", share(found)),
                          (1, "two sectors apart, sharing", crossings(found, label, PAIR))):
    draws = [pair[i] for pair in null]
    tell(what, p_low(observed, draws) <= 0.01, "%.3g for %.3g expected (p = %.4f)" % (
        observed, statistics.mean(draws), p_low(observed, draws)))

# ---- missing coordination: who sits in both, margins kept ------------------------------------

members = {key: set() for key in schemes}
for name, group in seats.items():
    for scheme in many(activities[name]["dispositifs"]):
        members[scheme] |= group
reach = {key: units_of(row["territoire"]) for key, row in schemes.items()}
home = {name: units_of(actors[name]["territoire"]) if name in actors and
        actors[name]["territoire"] else set() for group in members.values() for name in group}
may = lambda name, scheme: not home[name] or bool(home[name] & reach[scheme])
null, mixed = collections.defaultdict(list), {key: set(group) for key, group in members.items()}
trade(mixed, 1000, may)
for _ in range(DRAWS):
    trade(mixed, 80, may)
    for a, b in itertools.combinations(schemes, 2):
        null[a, b].append(len(mixed[a] & mixed[b]))
for a, b in itertools.combinations(schemes, 2):
    both = reach[a] & reach[b]
    overlap = people(both) / min(people(reach[a]), people(reach[b]))
    themes = set(many(schemes[a]["themes"])) & set(many(schemes[b]["themes"]))
    if overlap < 0.1 or not themes:
        continue
    shared, mean, sd = (len(members[a] & members[b]), statistics.mean(null[a, b]),
                        statistics.pstdev(null[a, b]))
    z = (shared - mean) / sd if sd else math.nan
    gap = {a, b} == {"CLS", "CPTS"}
    tell("gap" if gap else "no gap", z <= -3 if gap else z > -1.8,
         "%s and %s share %d for %.1f expected (z = %.1f)" % (a, b, shared, mean, z))

# ---- dependence on one person ------------------------------------------------------------------

def connected(pairs, everybody):
    """Pairs of different sectors joined by a way."""
    root = {name: name for name in everybody}

    def find(name):
        while root[name] != name:
            name = root[name]
        return name

    for a, b in pairs:
        root[find(a)] = find(b)
    groups = collections.defaultdict(collections.Counter)
    for name in everybody:
        groups[find(name)][sector(name)] += 1
    total = 0
    for group in groups.values():
        n = sum(group.values())
        total += (n * n - sum(k * k for k in group.values())) // 2
    return total


left = {tuple(sorted((organisation(row["de"]), organisation(row["avec"]))))
        for row in read("liens.csv") if "A. B." not in (row["de"], row["avec"])}
before, after = connected(ties, names), connected(left, names)
tell("departure of one person", (before - after) / before > 0.1,
     "%d of %d pairs across sectors cut off (%.0f %%)" % (
         before - after, before, 100 * (before - after) / before))
held = collections.Counter(row["lien_tenu_par"] for row in read("liens.csv")
                           if row["de"] == "A. B.")
tell("ties held by the person", held["la personne"] >= 8, dict(sorted(held.items())))
own = [row for row in posts if row["personne"] == "A. B."]
tell("three schemes, one person", sorted(row["etp"] for row in own) == ["0,3", "0,3", "0,4"],
     ", ".join(row["dispositif"] + " " + row["etp"] for row in own))

# ---- facts ---------------------------------------------------------------------------------------

vacant = [row["poste"] for row in posts if row["personne"] == "vacant"]
tell("vacant post", len(vacant) == 1, ", ".join(vacant))
ends = [row for row in posts if len(row["fin_de_contrat"]) == 10 and
        0 <= (date(row["fin_de_contrat"]) - DAY).days <= 365]
tell("post ending within a year", len(ends) == 1, ", ".join(row["poste"] for row in ends))


def chance_of(k, n, p):
    return sum(math.comb(n, i) * p ** i * (1 - p) ** (n - i) for i in range(k, n + 1))


local = [row["territoire"] for row in activities.values() if row["type"] == "action"]
town, of = sum(place == TOWN for place in local), people(units_of("ARR-144"))
for what, share_of in (("study", of), ("west", people(units_of("EPCI-200068799")))):
    p = chance_of(town, len(local), people({TOWN}) / share_of)
    tell("main town, of the " + what, p <= 0.01,
         "%d of %d actions for %.0f %% of people (p = %.5f)" % (
             town, len(local), 100 * people({TOWN}) / share_of, p))

residents = {name for name, row in actors.items() if row["nature"] == "habitants"}
decides = [name for name, row in activities.items() if row["ce_que_l_instance_fait"] == "décide"]
sits = [name for name in activities if seats[name] & residents]
tell("residents where none decides", sits and not set(sits) & set(decides),
     "in %d of %d, in none of %d that decide" % (len(sits), len(activities), len(decides)))
times = collections.Counter(bodies(row) for row in presences if bodies(row) in residents)
top = sum(count for _, count in times.most_common(3))
tell("three residents, most seats", top / sum(times.values()) > 0.6 and len(times) > 3,
     "%d of %d attendances, %d residents in all" % (top, sum(times.values()), len(times)))

both = reach["CLS"] & reach["CPTS"]
tell("crossing perimeters", both and reach["CLS"] - both and reach["CPTS"] - both,
     "CLS and CPTS have %.0f %% and %.0f %% of their people in common" % (
         100 * people(both) / people(reach["CLS"]), 100 * people(both) / people(reach["CPTS"])))
covered = {row["territoire"] for row in posts if row["role"] in ("élu", "référent")}
bare = [unit for unit in places if places[unit]["echelle"] == "commune" and unit not in covered]
order = [unit for unit in places if places[unit]["echelle"] == "commune"]
run = [order.index(unit) for unit in bare]
tell("communes without referent", 5 < len(bare) < 22 and max(run) - min(run) == len(run) - 1,
     "%d of %d, neighbours in the list" % (len(bare), len(order)))


def worn(role, scheme):
    return {row["personne"] for row in posts if row["role"] == role and
            scheme in many(row["dispositif"]) and row["personne"] != "vacant" and
            row["fin_de_contrat"] not in ("31/03/2022", "30/04/2026")}


declared = {frozenset((row["de"], row["avec"])) for row in read("liens.csv")}
states = {}
for scheme in schemes:
    three = [worn(role, scheme) for role in ("élu", "coordonne", "direction")]
    states[scheme] = "unknown" if not all(three) else "closed" if all(
        any(frozenset(pair) in declared for pair in itertools.product(a, b))
        for a, b in itertools.combinations(three, 2)) else "open"
tell("one open triptych", [s for s, how in states.items() if how == "open"] == ["CLSM"], states)
kinds = collections.Counter(row["determinant"] for row in activities.values()
                            if row["determinant"])
third = sum(kinds.values()) / 3
chi2 = sum((kinds[k] - third) ** 2 / third for k in kinds)
tell("determinants unbalanced", math.exp(-chi2 / 2) <= 0.01, "%s (p = %.5f)" % (
    dict(kinds), math.exp(-chi2 / 2)))  # two degrees of freedom
funders = collections.defaultdict(set)
for row in read("financements.csv"):
    funders[row["beneficiaire"]].add(row["financeur"])
tell("one funder only", [s for s in schemes if len(funders[s]) == 1] == ["CPTS"],
     {s: len(funders[s]) for s in schemes})
sys.exit(1 if missing else 0)
