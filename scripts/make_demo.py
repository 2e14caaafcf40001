#!/usr/bin/env python3
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes datasets/demo/: an illustrative study of local health coordination.

    make_demo.py CALVADOS DEST

CALVADOS is the folder of real perimeters (datasets/calvados). Everything else is invented:
the rows people would write by hand are in demo_rows.py beside this script; ties, attendance
and dates are drawn from a fixed seed. The same input gives the same bytes. What is planted
for the report to find is listed in datasets/demo/README.md.
"""

import csv
import datetime
import pathlib
import random
import sys

sys.dont_write_bytecode = True  # a run leaves nothing beside the scripts
import demo_rows as rows  # noqa: E402

SEED = 14762
DAY = datetime.date(2026, 10, 31)  # the day the study speaks of
TOWN, WEST, NORTH = "COM-14762", "EPCI-200068799", "EPCI-200069524"
BOTH, CPTS_AREA = "SECTEUR-PSY", "TERRITOIRE-CPTS"
PLACE = {"V": TOWN, "A": WEST, "B": NORTH, "D": "ARR-144", "P": CPTS_AREA}
BROKER = "A. B."
CARE = ("soins de ville", rows.HOSPITAL, "santé mentale", "médico-social", "addictologie")
SOCIAL = ("action sociale", "logement", "emploi", "accès aux droits")
YOUNG = ("éducation", "jeunesse", "petite enfance")


class Draws:
    """Draws from random.random() alone, whose sequence Python keeps from version to version."""

    def __init__(self, seed):
        self.next = random.Random(seed).random

    def below(self, n):
        return int(self.next() * n)

    def of(self, weighted):
        """One of {value: weight}."""
        at = self.next() * sum(weighted.values())
        for value, weight in weighted.items():
            at -= weight
            if at < 0:
                return value
        return value

    def some(self, items, k):
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(min(k, len(left)))]


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder, name, head, lines):
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\n")
        out.writerow(head)
        out.writerows(lines)


def french(day):
    return day.strftime("%d/%m/%Y")


# ---- territories ----------------------------------------------------------------------


def territories(source):
    """The communes of two intercommunalities, and what the study draws over them."""
    known = {row["id"]: row for row in read(source / "territories.csv")}
    units = {epci: sorted(row["unit"] for row in read(source / "perimeters.csv")
                          if row["territory"] == epci) for epci in (WEST, NORTH)}
    area = [u for u in units[WEST] if u not in rows.WEST_OUTSIDE_CPTS]
    area += [u for u in units[NORTH] if u in rows.NORTH_INSIDE_CPTS]
    people = lambda communes: sum(int(known[u]["population"]) for u in communes)
    lines = [[u, known[u]["name"], "commune", known[u]["population"], ""]
             for u in units[WEST] + units[NORTH]]
    lines += [[e, known[e]["name"], "EPCI", people(units[e]), centre]
              for e, centre in ((WEST, TOWN), (NORTH, rows.NORTH_CENTRE))]
    both = units[WEST] + units[NORTH]
    lines.append(["ARR-144", "Arrondissement de Vire", "arrondissement", people(both), ""])
    lines.append([BOTH, "Secteur de psychiatrie (illustratif)", "secteur de psychiatrie",
                  people(both), ""])
    lines.append([CPTS_AREA, "Territoire de la CPTS (illustratif)", "territoire de CPTS",
                  people(area), ""])
    parts = [[e, u] for e in (WEST, NORTH) for u in units[e]]
    parts += [[t, e] for t in ("ARR-144", BOTH) for e in (WEST, NORTH)]
    parts += [[CPTS_AREA, u] for u in area]
    return units, lines, parts


# ---- actors ---------------------------------------------------------------------------


class Organisation:
    def __init__(self, line):
        self.name, self.sector, self.institution, place, schemes = line[:5]
        self.schemes = {rows.SCHEME[s] for s in schemes}
        self.place = PLACE[place]
        self.body = line[5] if len(line) > 5 else ""  # of a service
        self.kind = "habitants" if self.sector == "habitants" else (
            "service" if self.body else "structure")


def actor_lines(organisations):
    lines = [[o.name, o.kind, o.sector, o.institution, o.body, o.place, "oui"]
             for o in organisations]
    return lines + [[name, "personne", "", "", body, "", ""] for name, body in rows.PERSONS]


# ---- activities and who comes -----------------------------------------------------------


def block(sector):
    return next((i for i, cluster in enumerate((CARE, SOCIAL, YOUNG)) if sector in cluster), 3)


def invited(activity, organisations):
    """The organisations of the activity's schemes in its sectors, and those it names."""
    asked = [o.name for o in organisations
             if o.schemes & activity["schemes"] and o.sector in activity["sectors"]]
    asked += [name for name in activity["also"] if name not in asked]
    return [name for name in asked if name not in activity["without"]]


def meeting_days(draws, activity):
    """Working days spread over the year up to the study's day."""
    first = DAY - datetime.timedelta(days=350)
    step = 340 / max(1, activity["meetings"])
    days = []
    for i in range(activity["meetings"]):
        day = first + datetime.timedelta(days=int(step * (i + draws.next() * 0.8)))
        days.append(day - datetime.timedelta(days=max(0, day.weekday() - 4)))
    return days


def organisation_row(draws, activity, name, day, staff):
    present = draws.of({"oui": 76, "excusé": 10, "non": 7, "représenté": 7})
    person = staff.get(name, "") if draws.next() < 0.75 else ""
    held = draws.of({"la structure": 45, "la personne": 20, "ne sait pas": 15, "": 20})
    role = "habitant" if name in rows.RESIDENTS else rows.ROLE.get(activity["type"], "membre")
    hours = activity["hours"] if draws.next() < 0.8 else ""
    return [person, name, activity["nom"], french(day), "oui", present, role, held, hours]


def post_row(activity, day, person, behalf, role, held):
    return [person, behalf, activity["nom"], french(day), "", "oui", role, held, activity["hours"]]


def attendance(draws, activities, organisations):
    lines = []
    staff = {body: name for name, body in rows.PERSONS if name.startswith("Personne")}
    for activity in activities:
        names = invited(activity, organisations)
        held = {holder["person"]: draws.of(holder["held"]) for holder in rows.HOLDERS}
        for i, day in enumerate(meeting_days(draws, activity)):
            for holder in rows.HOLDERS:
                until = holder.get("until", DAY)
                if activity["nom"] in holder["sits"] and day <= until:
                    lines.append(post_row(activity, day, holder["person"], holder["behalf"],
                                          holder["role"], held[holder["person"]]))
            for name in names:
                # who is on the list comes at least once; faithful residents come each time
                often = rows.OFTEN.get(name, 0.78)
                if draws.next() < often or (i == 0 and name not in rows.RESIDENTS):
                    row = organisation_row(draws, activity, name, day, staff)
                    row[5] = "oui" if i == 0 or name in rows.FAITHFUL else row[5]
                    lines.append(row)
    for line in lines:
        line[1] = rows.SHORT.get(line[1], line[1]) if draws.next() < 0.5 else line[1]
    for at, column, text in rows.MISSPELT:  # as a hurried hand would
        hit = [line for line in lines if line[column] == at]
        hit[len(hit) // 2][column] = text
    return lines


def activity_lines(activities):
    head = ("nom", "type", "dispositifs", "niveau", "themes", "axe", "determinant", "public",
            "territoire", "degre", "pouvoir", "porteurs", "partenaires", "debut", "fin")
    return [[PLACE.get(a[k], a[k]) if k == "territoire" else a[k] for k in head]
            for a in activities]


# ---- ties -------------------------------------------------------------------------------


def chance(a, b):
    """How often two organisations declare that they work together."""
    pair = {a.sector, b.sector}
    if pair in rows.APART:
        return 0.0
    if a.sector == b.sector:
        return 0.25
    if "administration générale" in pair:
        return 0.055
    return (0.07 if block(a.sector) == block(b.sector) < 3 else 0.012)


class Ties:
    def __init__(self, draws):
        self.draws, self.lines, self.seen, self.degree = draws, [], set(), {}

    def add(self, a, b, kind, held=None):
        if (kind, frozenset((a, b))) in self.seen:
            return False
        self.seen.add((kind, frozenset((a, b))))
        if kind == rows.WORKS:
            for name in (a, b):
                self.degree[name] = self.degree.get(name, 0) + 1
        held = held or self.draws.of({"la structure": 50, "la personne": 15, "ne sait pas": 20,
                                      "": 15})
        weight = self.draws.of({1: 3, 2: 4, 3: 3})
        year = self.draws.of({2019: 1, 2021: 1, 2022: 2, 2023: 2, 2024: 2, "": 4})
        self.lines.append([a, b, kind, weight, held, year])
        return True


def know(ties, draws, some):
    """Acquaintances, whatever the sector: round a ring, so that none hangs by one, and across."""
    apart = lambda a, b: {a.sector, b.sector} in rows.APART
    for i in range(len(some)):
        if apart(some[i - 1], some[i]):  # the next that may stand here changes places with it
            at = next(j for j in list(range(i + 1, len(some))) + list(range(1, i))
                      if not apart(some[i - 1], some[j]))
            some[i], some[at] = some[at], some[i]
    pairs = [(some[i - 1], some[i]) for i in range(len(some))]
    while sum(line[2] == rows.KNOWS for line in ties.lines) < rows.N_KNOWS:
        round_the_ring = bool(pairs)
        a, b = pairs.pop(0) if pairs else draws.some(some, 2)
        if not apart(a, b) and (round_the_ring or a.sector != b.sector or draws.next() < 0.3):
            ties.add(a.name, b.name, rows.KNOWS)


def tie_lines(draws, organisations):
    ties = Ties(draws)
    free = [o for o in organisations if o.kind != "service" and o.name not in rows.PENDANTS]
    for i, a in enumerate(free):
        for b in free[i + 1:]:
            if draws.next() < chance(a, b):
                ties.add(a.name, b.name, rows.WORKS)
    for o in free:  # nobody of the core hangs by one thread
        kin = [b for b in free if b is not o and {o.sector, b.sector} not in rows.APART
               and block(b.sector) == block(o.sector)]
        while ties.degree.get(o.name, 0) < 2:
            ties.add(o.name, draws.some(kin, 1)[0].name, rows.WORKS)
    for name in rows.PENDANTS:
        ties.add(BROKER, name, rows.WORKS, draws.of({"la personne": 6, "la structure": 2,
                                                     "ne sait pas": 2}))
    for name, held in rows.BROKER_TIES:
        ties.add(BROKER, name, rows.WORKS, held)
    for name, other, held in rows.OTHER_POST_TIES:
        ties.add(name, other, rows.WORKS, held)
    for a, b in rows.TRIPTYCH_TIES:
        ties.add(a, b, rows.WORKS, "la structure")
    know(ties, draws, draws.some(free, rows.N_KNOWN))
    return ties.lines + rows.ODD_TIES


# ---- posts ------------------------------------------------------------------------------


def post_lines(units, names):
    lines = list(rows.POSTS)
    number = 50
    for epci in (WEST, NORTH):
        for unit in units[epci]:
            if unit in rows.NO_REFERENT or unit == TOWN:
                continue
            number += 1
            elected = number % 4 != 0
            lines.append(["Référent santé " + names[unit], "Personne %d" % number,
                          "élu" if elected else "référent", "aucun", "", "", "",
                          "mandat électif" if elected else "", "", "", unit,
                          "03/2026" if elected else "2024", "03/2032" if elected else ""])
    return lines


# ---- all --------------------------------------------------------------------------------


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, dest = map(pathlib.Path, sys.argv[1:])
    dest.mkdir(parents=True, exist_ok=True)
    draws = Draws(SEED)
    organisations = [Organisation(line) for line in rows.ORGANISATIONS]
    activities = [rows.activity(line) for line in rows.ACTIVITIES]
    units, places, parts = territories(source)
    names = {line[0]: line[1] for line in places}

    write(dest, "etude.csv", ["cle", "valeur"], rows.STUDY)
    write(dest, "annuaire.csv", ["nom", "nature", "domaine", "type_de_structure", "organisme",
                                 "territoire", "dans_l_annuaire"], actor_lines(organisations))
    write(dest, "alias.csv", ["variante", "nom_retenu"], rows.ALIASES)
    write(dest, "liens.csv", ["de", "avec", "nature", "force", "lien_tenu_par", "depuis"],
          tie_lines(draws, organisations))
    write(dest, "dispositifs.csv", ["dispositif", "type", "porteur", "territoire", "themes",
                                    "issu_de", "debut", "fin"], rows.SCHEMES)
    write(dest, "instances.csv", ["nom", "type", "dispositifs", "niveau", "themes", "axe",
                                  "determinant", "public", "territoire",
                                  "degre_participation_habitants", "ce_que_l_instance_fait",
                                  "porteurs", "partenaires", "debut", "fin"],
          activity_lines(activities))
    write(dest, "presences.csv", ["participant", "au_titre_de", "instance", "date", "invite",
                                  "present", "role", "lien_tenu_par", "heures"],
          attendance(draws, activities, organisations))
    write(dest, "postes.csv", ["poste", "personne", "role", "dispositif", "rattachement",
                               "employeur", "etp", "statut", "financeurs", "lettre_de_mission",
                               "territoire", "prise_de_poste", "fin_de_contrat"],
          post_lines(units, names))
    write(dest, "implantations.csv", ["acteur", "territoire"], rows.SITES)
    write(dest, "financements.csv", ["financeur", "beneficiaire", "montant", "part",
                                     "type_de_financement", "debut", "fin"], rows.FUNDING)
    write(dest, "territoires.csv", ["code_insee", "nom", "echelle", "population", "ville_centre"],
          places)
    write(dest, "perimetres.csv", ["territoire", "unite"], parts)


if __name__ == "__main__":
    main()
