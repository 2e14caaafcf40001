#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads exported networks back with other programs and compares them with the study.

    check_exports.py [--quick] PROGRAM STUDY...      --quick: networkx alone, no locale

Each view of each study, by organisation and by actor: GraphML through networkx, and where
they are installed through igraph for Python and for R; Gephi's tables through the csv
module. Compared are actors, names, ties, directions, weights and degrees with what
`maillage measure` says, the ties of a plain ties.csv with its rows, and the projection with
one worked out from the exported two-mode network. The GeoPackage of a study with territories is
read through SQLite, and listed by GDAL's ogrinfo where it is installed. Under the French locale, where it can be
had, the bytes must be the same and R must read the same.

Exit status: 0 all agree, 1 something differs, 2 usage, 77 skipped: networkx is missing.
"""

import collections
import csv
import json
import math
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FRENCH = "fr_FR.UTF-8"
READ_WITH_IGRAPH = """
import sys
try:
    import igraph
except ImportError:
    sys.exit(77)
g = igraph.Graph.Read_GraphML(sys.argv[1])
w = g.es["weight"] if "weight" in g.es.attributes() else [1.0] * g.ecount()
out = ["points %d" % g.vcount(), "ties %d" % g.ecount(),
       "directed %s" % str(g.is_directed()).lower(),
       "second_kind %s" % (sum(g.vs["type"]) if "type" in g.vs.attributes() else "NA"),
       "weight %.12f" % sum(w), "title %s" % (g["title"] if "title" in g.attributes() else "")]
out += ["name " + name for name in g.vs["name"]] if g.vcount() else []
sys.stdout.buffer.write(("\\n".join(out) + "\\n").encode())
"""


class Differs(Exception):
    """Two readings of one network disagree."""


def expect(one, other, what):
    """Fails unless both are equal."""
    if one != other:
        raise Differs(f"{what}: {str(one)[:300]!r} is not {str(other)[:300]!r}")


def expect_near(one, other, what):
    """Fails unless both numbers are the same up to the last of 12 digits."""
    if not math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12):
        raise Differs(f"{what}: {one} is not {other}")


def run(words, locale="C"):
    """Runs a program, answers its output as bytes; (None) when it skips itself."""
    environment = dict(os.environ, LC_ALL=locale)
    done = subprocess.run(words, capture_output=True, env=environment, check=False)
    if done.returncode == 77:
        return None
    if done.returncode != 0:
        raise Differs(f"{' '.join(map(str, words))}: {done.returncode}: "
                      f"{done.stderr.decode(errors='replace')[-500:]}")
    return done.stdout


class Checker:
    """One program over some studies."""

    def __init__(self, program, folder, quick):
        import networkx

        self.networkx = networkx
        self.program = program
        self.folder = pathlib.Path(folder)
        self.done = collections.Counter()
        self.readers = {} if quick else self.find_readers()
        self.french = not quick and self.has_french()

    @staticmethod
    def has_french():
        """Is the French locale installed, or compiled where LOCPATH says?"""
        try:
            locales = subprocess.run(["locale", "-a"], capture_output=True, check=False).stdout
        except OSError:
            locales = b""
        folders = os.environ.get("LOCPATH", "").split(":")
        return b"fr_FR.utf8" in locales or any(
            folder and (pathlib.Path(folder) / FRENCH).exists() for folder in folders)

    @staticmethod
    def find_readers():
        """The other programs that are here, by name: words that read a file."""
        readers = {}
        for python in (sys.executable, "/usr/bin/python3"):
            words = [python, "-c", READ_WITH_IGRAPH]
            probe = subprocess.run([python, "-c", "import igraph"], capture_output=True,
                                   check=False) if pathlib.Path(python).exists() else None
            if probe is not None and probe.returncode == 0:
                readers["igraph for Python"] = words
        try:
            probe = subprocess.run(["Rscript", "-e", "library(igraph)"], capture_output=True,
                                   check=False)
            if probe.returncode == 0:
                readers["igraph for R"] = ["Rscript", str(HERE / "read_export.R")]
        except OSError:
            pass
        return readers

    def export(self, study, view, by, *more):
        """GraphML of a view, as networkx reads it; also left in the folder."""
        words = [self.program, "export", study, "--view", view, "--by", by, "-q", *more]
        text = run(words)
        if self.french:
            expect(run(words, FRENCH), text, "bytes under the French locale")
        (self.folder / "network.graphml").write_bytes(text)
        return self.networkx.read_graphml(self.folder / "network.graphml")

    def gephi(self, study, view, by, *more):
        """Gephi's tables of a view."""
        place = self.folder / "gephi"
        run([self.program, "export", study, "--view", view, "--by", by, "-q", "--format", "gephi",
             "-o", place, *more], FRENCH if self.french else "C")
        with open(place / "nodes.csv", encoding="utf-8", newline="") as file:
            nodes = list(csv.DictReader(file))
        with open(place / "edges.csv", encoding="utf-8", newline="") as file:
            edges = list(csv.DictReader(file))
        return nodes, edges

    # ---- one view ------------------------------------------------------------

    def check_measures(self, graph, told):
        """Against what `measure` says of the same view."""
        view = told["views"][0]
        expect(graph.number_of_nodes(), view["actors"], "actors")
        expect(graph.is_directed(), view["directed"], "direction")
        weak = self.networkx.Graph()
        weak.add_nodes_from(graph)
        for a, b, data in graph.edges(data=True):
            weight = data.get("weight", 1.0)
            if weak.has_edge(a, b):
                weight = max(weight, weak[a][b]["weight"])
            weak.add_edge(a, b, weight=weight)
        expect(weak.number_of_edges(), view["ties"], "ties")
        names = self.networkx.get_node_attributes(graph, "name")
        for measure in told["measures"]:
            if measure["scope"] == "network" or measure.get("undefined"):
                continue
            weight = "weight" if measure["id"] == "position.strength" else None
            here = sorted((names[p], float(d)) for p, d in weak.degree(weight=weight))
            there = sorted(zip(measure["subjects"], measure["values"]))
            expect([n for n, _ in here], [n for n, _ in there], "names")
            for (name, one), (_, other) in zip(here, there):
                expect_near(one, other, f"{measure['id']} of {name}")
        for point, data in graph.nodes(data=True):
            expect(data["degree"], weak.degree(point), f"the degree told of {data['name']}")

    def check_gephi(self, graph, nodes, edges):
        """Gephi's tables hold the same network as GraphML."""
        def plain(text):  # the guard against formulas
            return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@\t\uff1d") else text

        expect({n["Id"]: plain(n["Label"]) for n in nodes},
               self.networkx.get_node_attributes(graph, "name"), "Gephi's labels")
        for node in nodes:
            data = graph.nodes[node["Id"]]
            for column in set(node) - {"Id", "Label"}:
                read = data.get(column, "")
                read = str(read).lower() if isinstance(read, bool) else str(read)
                expect(plain(node[column]), read, f"{column} of {node['Id']}")
        kind = "Directed" if graph.is_directed() else "Undirected"
        expect({e["Type"] for e in edges} - {kind}, set(), "Gephi's type")
        here = sorted((*((e["Source"], e["Target"]) if graph.is_directed()
                         else sorted((e["Source"], e["Target"]))), float(e["Weight"]))
                      for e in edges)
        there = sorted((*((a, b) if graph.is_directed() else sorted((a, b))),
                        data.get("weight", 1.0)) for a, b, data in graph.edges(data=True))
        expect(here, there, "Gephi's ties")

    def check_others(self, graph):
        """Other programs read the file in the folder as networkx did."""
        for reader, words in self.readers.items():
            for locale in ("C.UTF-8", FRENCH) if self.french else ("C.UTF-8",):
                lines = run([*words, self.folder / "network.graphml"], locale).decode()
                told = collections.defaultdict(list)
                for line in lines.rstrip("\n").split("\n"):
                    word, _, rest = line.partition(" ")
                    told[word].append(rest)
                expect(told["points"], [str(graph.number_of_nodes())], f"{reader}: points")
                expect(told["ties"], [str(graph.number_of_edges())], f"{reader}: ties")
                expect(told["directed"], [str(graph.is_directed()).lower()], f"{reader}: direction")
                types = self.networkx.get_node_attributes(graph, "type")
                expect(told["second_kind"], [str(sum(types.values())) if types else "NA"],
                       f"{reader}: activities")
                weight = sum(d.get("weight", 1.0) for _, _, d in graph.edges(data=True))
                if not math.isclose(float(told["weight"][0]), weight, abs_tol=1e-9):
                    raise Differs(f"{reader}: weights sum to {told['weight'][0]}, not {weight}")
                expect(told["title"], [graph.graph.get("title", "")], f"{reader}: title")
                names = self.networkx.get_node_attributes(graph, "name")
                expect(told["name"], [names[p] for p in graph], f"{reader}: names")
                self.done[reader] += 1

    def check_projection(self, graph, two_mode):
        """The projection is what the exported two modes give."""
        types = self.networkx.get_node_attributes(two_mode, "type")
        weight, shared = collections.Counter(), collections.Counter()
        for activity in (p for p in two_mode if types[p]):
            actors = sorted(two_mode[activity])
            expect([a for a in actors if types[a]], [], f"actors of {activity}")
            for i, a in enumerate(actors):
                for b in actors[i + 1:]:
                    weight[a, b] += 1 / (len(actors) - 1)
                    shared[a, b] += 1
        expect({tuple(sorted(e)) for e in graph.edges()}, set(weight), "projected pairs")
        for a, b, data in graph.edges(data=True):
            pair = tuple(sorted((a, b)))
            expect_near(data["weight"], weight[pair], f"weight of {pair}")
            expect(data["activities"], shared[pair], f"activities of {pair}")
            if data["rows"] < 2 * data["activities"]:
                raise Differs(f"rows of {pair}: {data['rows']}")
        names = self.networkx.get_node_attributes(two_mode, "name")
        expect({p: n for p, n in names.items() if not types[p]},
               self.networkx.get_node_attributes(graph, "name"), "names in two modes")

    def check_rows(self, graph, study):
        """The ties of a plain ties.csv, row by row."""
        tables = pathlib.Path(study)
        if not (tables / "ties.csv").exists() or not (tables / "actors.csv").exists():
            return
        with open(tables / "ties.csv", encoding="utf-8-sig", newline="") as file:
            ties = [r for r in csv.DictReader(file) if r.get("from", "").strip("# ")]
        with open(tables / "actors.csv", encoding="utf-8-sig", newline="") as file:
            named = {r.get("id"): r.get("name") or r.get("id") for r in csv.DictReader(file)}
        settings = tables / "study.csv"
        mapped = settings.read_text(encoding="utf-8-sig") if settings.exists() else ""
        if not ties or not {"from", "to"} <= set(ties[0]) or any(
                f"ties.{word}" in mapped for word in ("file", "from", "to", "where")):
            return
        label = self.networkx.get_node_attributes(graph, "name")
        here = {(label[a], label[b]): data.get("weight", 1.0)
                for a, b, data in graph.edges(data=True)}
        there = {}
        for row in ties:
            pair = (named.get(row["from"], row["from"]), named.get(row["to"], row["to"]))
            weight = float(row.get("weight") or 1)
            for way in (pair, pair[::-1]) if row.get("directed") != "yes" else (pair,):
                there[way] = max(weight, there.get(way, 0.0))
        if not graph.is_directed():
            here.update({(b, a): w for (a, b), w in list(here.items())})
        expect(set(here), set(there), "ties of the rows")
        if any(row.get("weight") for row in ties):
            expect(here, there, "weights of the rows")
        self.done["tables of ties"] += 1

    # ---- all views -----------------------------------------------------------

    def check_view(self, study, view, by):
        """One view in every format."""
        told = json.loads(run([self.program, "measure", study, "position.degree",
                               "position.strength", "--view", view["id"], "--by", by, "-q",
                               "--format", "json"]))
        graph = self.export(study, view["id"], by)
        self.check_measures(graph, told)
        self.check_others(graph)
        self.check_gephi(graph, *self.gephi(study, view["id"], by))
        if by == "actor" and view["id"] == "ties":
            self.check_rows(graph, study)
        if view["source"] == "participations":
            two_mode = self.export(study, view["id"], by, "--two-mode")
            self.check_projection(graph, two_mode)
            self.check_others(two_mode)
            self.check_gephi(two_mode, *self.gephi(study, view["id"], by, "--two-mode"))
        self.done["views"] += 1

    def check_geopackage(self, study):
        """Each measure of territories: as many rows, and the same sums, as `measure` prints."""
        path = self.folder / "places.gpkg"
        run([self.program, "export", study, "--format", "gpkg", "-q", "-o", path])
        printed = json.loads(run([self.program, "measure", study, "scale", "-q",
                                  "--format", "json"]))["measures"]
        with sqlite3.connect(path) as file:
            tables = [row[0] for row in file.execute("SELECT table_name FROM gpkg_contents")]
            for name in {value["id"] for value in printed}:
                said = [number for value in printed if value["id"] == name
                        for number in value.get("values") or [value.get("value")]]
                read = [row[0] for row in file.execute(
                    f"SELECT value FROM {name.replace('.', '_')} ORDER BY fid")]
                if any(value.get("total") for value in printed if value["id"] == name):
                    continue  # JSON may hold the first pairs alone
                expect(len(read), len(said), f"rows of {name}")
                for one, other in zip(read, said):
                    expect(one is None, other is None, name)
                    expect_near(one or 0.0, other or 0.0, name)
        if shutil.which("ogrinfo"):
            listed = run(["ogrinfo", "-q", path]).decode()
            for table in tables:
                expect(f": {table} (" in listed, True, f"ogrinfo lists {table}")
        self.done["geopackages"] += 1

    def check_study(self, study):
        """Each view of a study; by persons, whom names would show."""
        views = json.loads(run([self.program, "measure", study, "network.density", "-q",
                                "--format", "json"]))["views"]
        for view in views:
            for by in ("organisation", "actor"):
                try:
                    self.check_view(study, view, by)
                except Differs as difference:
                    raise Differs(f"{study}, {view['id']} by {by}: {difference}") from None
        if subprocess.run([self.program, "export", study, "--format", "gpkg", "-q", "--force",
                           "-o", self.folder / "any.gpkg"], capture_output=True,
                          check=False).returncode == 0:
            self.check_geopackage(study)
        self.done["studies"] += 1


def main():
    """Checks each study named."""
    quick = "--quick" in sys.argv
    words = [word for word in sys.argv[1:] if word != "--quick"]
    if len(words) < 2:
        print("usage: check_exports.py [--quick] PROGRAM STUDY...", file=sys.stderr)
        return 2
    try:
        import networkx  # noqa: F401
    except ImportError:
        print("check_exports.py: skipped, python3-networkx is not installed")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        checker = Checker(words[0], folder, quick)
        try:
            for study in words[1:]:
                checker.check_study(study)
        except Differs as difference:
            print(difference)
            return 1
    print("exports agree: " + ", ".join(f"{n} {what}" for what, n in sorted(checker.done.items())),
          file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
