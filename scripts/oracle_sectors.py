# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of oracle.py on sectors and on participations: brokerage, silos, two modes."""

import collections
import functools
import itertools
import math

import networkx as nx
import numpy as np
import scipy.stats

from oracle_rules import (RULES, Rule, arcs_only, both_ways, by_actor, groups_of, is_ties, known,
                          known_only, rule, says, scalar, seats_only, ties_only, weak,
                          weights_only)

# ---- brokerage ------------------------------------------------------------------------------

ROLES = {"coordinator": "w_I", "itinerant": "w_O", "representative": "b_IO", "gatekeeper": "b_OI",
         "liaison": "b_O", "total": "t"}


def brokers(role, key, times=1.0, **how):
    """sna's brokerage counts, of actors with a sector."""
    def answer(net, said):
        numbers = said.get(key)
        if numbers is None:
            return None, None
        return [a for a, s in zip(net.actors, net.sectors) if s], [
            x if x is None else x * times for x in numbers]
    who = f"R's sna ({key}" + (f" x {times:g})" if times != 1 else ")")
    RULES.append(Rule(f"broker.{role}", who, answer, **how))


for _role, _letter in ROLES.items():
    brokers(_role, f"sna.brokerage.raw.{_letter}", fits=arcs_only)
    if _role not in ("representative", "gatekeeper"):
        brokers(_role, f"sna.brokerage.raw.{_letter}", times=0.5, fits=ties_only)
        brokers(_role, f"sna.brokerage.raw.{_letter}", convention="sna", fits=ties_only)
    brokers(_role, f"sna.brokerage.expected.{_letter}", part="expected", convention="sna",
            fits=arcs_only)
    brokers(_role, f"sna.brokerage.sd.{_letter}", part="sd", convention="sna", fits=arcs_only)
brokers("boundary", "sna.brokerage.raw.b_IO", fits=ties_only)


@rule("broker.boundary", "definition", fits=arcs_only)
def _boundary(net, said):
    """Representatives and gatekeepers together."""
    rows = [said.get(f"sna.brokerage.raw.{x}") for x in ("b_IO", "b_OI")]
    if None in rows:
        return None, None
    return [a for a, s in zip(net.actors, net.sectors) if s], list(map(sum, zip(*rows)))


# ---- silos ------------------------------------------------------------------------------------


def mixing(net, directions=True):
    """networkx's table: a tie without direction in it both ways."""
    codes = {s: k for k, s in enumerate(groups_of(net))}
    graph = known(net, directions)
    return nx.attribute_mixing_matrix(graph, "sector", mapping=codes, normalized=False), list(codes)


def inside(net):
    """Share of ties (arcs) inside sectors."""
    table, _ = mixing(net)
    return np.trace(table) / table.sum() if table.sum() else math.nan


@rule("silo.ei", "networkx", fits=is_ties)
def _ei(net, _):
    return scalar(1 - 2 * inside(net))


@rule("silo.ei_group@sector", "networkx", fits=is_ties)
def _ei_group(net, _):
    table, codes = mixing(net)
    own = np.diag(table) / (1 if net.directed else 2)
    away = table.sum(axis=1) - np.diag(table)
    away = away + (table.sum(axis=0) - np.diag(table) if net.directed else 0)
    return codes, list((away - own) / (away + own))


@rule("silo.ei_actor", "scipy", part="p", fits=lambda n: ties_only(n) and len(groups_of(n)) > 1)
def _ei_actor_p(net, _):
    """As many contacts inside, or more, of as many others at random: hypergeometric."""
    graph, groups, out = known(net), groups_of(net), []
    for actor in graph:
        own = groups[graph.nodes[actor]["sector"]]
        contacts = set(graph[actor])
        out.append(scipy.stats.hypergeom.sf(len(contacts & own) - 1, len(graph) - 1, len(own) - 1,
                                            len(contacts)) if contacts else None)
    return list(graph), out


def deals_in_two(net):
    """E-I of every deal of two sectors, the observed one's first."""
    members, tied = list(known(net)), nx.to_numpy_array(known(net, True), weight=None)
    first = groups_of(net)["S1"]
    def ei_of(chosen):
        label = np.array([a in chosen for a in members])
        same = label[:, None] == label[None, :]
        return 1 - 2 * (tied * same).sum() / tied.sum()
    return ei_of(first), np.array([ei_of(set(c)) for c in
                                   itertools.combinations(members, len(first))])


def two_sectors(net):
    """Few enough deals to list."""
    return is_ties(net) and "two-sectors" in net.name


for _part, _of in (("expected", lambda x, d: d.mean()), ("sd", lambda x, d: d.std()),
                   ("p", lambda x, d: (d <= x + 1e-12).mean())):
    RULES.append(Rule("silo.ei", "definition", part=_part, fits=two_sectors,
                      answer=lambda net, _, of=_of: scalar(of(*deals_in_two(net)))))


@rule("silo.mixing", "networkx", part="stub", fits=is_ties)
def _mixing(net, _):
    table, codes = mixing(net)
    return list(itertools.product(codes, codes)), list(table.ravel())


@rule("silo.assortativity", "networkx", fits=is_ties)
def _assortativity(net, _):
    r = nx.attribute_assortativity_coefficient(known(net), "sector") if known(net).edges else None
    return scalar(r)


def modularity(net, weight=None):
    """Of the sectors; None without ties."""
    graph = known(net)
    return nx.community.modularity(graph, groups_of(net).values(), weight=weight) \
        if graph.edges else None


@rule("silo.modularity", "networkx", fits=is_ties)
def _modularity(net, _):
    return scalar(modularity(net))


@rule("silo.modularity", "networkx", part="weighted", fits=weights_only)
def _modularity_weighted(net, _):
    return scalar(modularity(net, "weight"))


says("silo.assortativity", "igraph.assortativity", "igraph")
says("silo.modularity", "igraph.modularity", "igraph")
says("silo.modularity", "igraph.modularity.weighted", "igraph", part="weighted", fits=weights_only)


@rule("silo.conductance", "networkx", fits=is_ties)
def _conductance(net, _):
    graph, out = both_ways(net), []
    for group in groups_of(net).values():
        try:
            out.append(nx.conductance(graph, group, set(graph) - group))
        except ZeroDivisionError:
            out.append(None)
    return list(groups_of(net)), out


@rule("silo.coleman", "definition", fits=is_ties)
def _coleman(net, _):
    table, codes = mixing(net)
    groups, n, out = groups_of(net), len(known(net)), []
    for a, code in enumerate(codes):
        s, d, size = table[a, a], table[a].sum(), len(groups[code])
        w = d * (size - 1) / (n - 1) if n > 1 else 0
        if d == 0 or size in (1, n):
            out.append(None)
        else:
            out.append((s - w) / (d - w) if s > w else (s - w) / w)
    return codes, out


def quarters(net):
    """Pairs inside tied, inside not, across tied, across not."""
    graph = known(net, True)
    table, _ = mixing(net)
    ways = 1 if net.directed else 2
    n, sizes = len(graph), [len(g) for g in groups_of(net).values()]
    pairs_in = sum(s * (s - 1) for s in sizes) / ways
    pairs_out = n * (n - 1) / ways - pairs_in
    tied_in, tied = np.trace(table) / ways, table.sum() / ways
    return tied_in, pairs_in - tied_in, tied - tied_in, pairs_out - (tied - tied_in)


@rule("silo.odds_ratio", "definition", fits=is_ties, undefined_too=True)
def _odds_ratio(net, _):
    a, b, c, d = quarters(net)
    return scalar(a * d / (b * c) if b * c else math.inf if a * d else math.nan)


@rule("silo.yule_q", "definition", fits=is_ties, undefined_too=True)
def _yule(net, _):
    a, b, c, d = quarters(net)
    return scalar((a * d - b * c) / (a * d + b * c) if a * d + b * c else math.nan)


@rule("silo.freeman", "definition", fits=is_ties)
def _freeman(net, _):
    a, b, c, d = quarters(net)
    expected = (a + c) * (c + d) / (a + b + c + d) if a + b + c + d else 0
    return scalar((expected - c) / expected if expected else None)


@rule("silo.gupta", "definition", fits=is_ties)
def _gupta(net, _):
    table, _ = mixing(net)
    table = table + table.T
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if len(table) < 2:
        return scalar(None)
    rows = table / table.sum(axis=1, keepdims=True)
    return scalar((np.trace(rows) - 1) / (len(rows) - 1))


@rule("silo.ssi@actor", "definition", fits=known_only)
def _ssi(net, _):
    """Echenique and Fryer, component by component of each sector."""
    graph, out = weak(net), {}
    for group in groups_of(net).values():
        for piece in nx.connected_components(graph.subgraph(group)):
            members = sorted(piece)
            shares = np.array([[(b in graph[a]) / max(1, graph.degree(a)) for b in members]
                               for a in members])
            values, vectors = np.linalg.eig(shares)
            leading = abs(np.real(vectors[:, np.argmax(values.real)]))
            for actor, x in zip(members, leading / leading.mean() * values.real.max()):
                out[actor] = float(x) if len(members) > 1 else 0.0
    return by_actor(net, [out[a] if graph.degree(a) else None for a in net.actors])


@rule("silo.diversity@actor", "definition", fits=is_ties)
def _diversity(net, _):
    """Of actors with a sector."""
    graph, out = weak(net), []
    for actor in known(net):
        counts = collections.Counter(graph.nodes[b]["sector"] for b in graph[actor])
        counts.pop(None, None)
        total = sum(counts.values())
        out.append(1 - sum((x / total) ** 2 for x in counts.values()) if total else None)
    return list(known(net)), out


# ---- two modes ----------------------------------------------------------------------------------


@functools.lru_cache(maxsize=None)
def bipartite(net):
    """Actors and activities."""
    graph = nx.Graph()
    graph.add_nodes_from(net.actors, bipartite=0)
    graph.add_nodes_from(net.activities, bipartite=1)
    graph.add_edges_from((net.actors[i], net.activities[e]) for i, e in net.seats)
    return graph


def pairs_of(net, graph):
    """Weights of a projection, pairs in order."""
    pairs = {tuple(sorted((a, b))): w for a, b, w in graph.edges(data="weight")}
    return list(pairs), list(pairs.values())


@rule("twomode.sizes", "networkx", fits=seats_only, undefined_too=True)
def _sizes(net, _):
    return net.activities, [bipartite(net).degree(e) for e in net.activities]


@rule("twomode.memberships", "networkx", fits=seats_only, undefined_too=True)
def _memberships(net, _):
    return net.actors, [bipartite(net).degree(a) for a in net.actors]


@rule("twomode.newman@pair", "networkx", fits=seats_only)
def _newman(net, _):
    return pairs_of(net, nx.bipartite.collaboration_weighted_projected_graph(
        bipartite(net), net.actors))


@rule("twomode.jaccard@pair", "networkx", fits=seats_only)
def _jaccard(net, _):
    return pairs_of(net, nx.bipartite.overlap_weighted_projected_graph(bipartite(net), net.actors))


@rule("twomode.jaccard@pair", "networkx", part="overlap", fits=seats_only)
def _overlap(net, _):
    return pairs_of(net, nx.bipartite.overlap_weighted_projected_graph(
        bipartite(net), net.actors, jaccard=False))


@rule("twomode.robins_alexander", "networkx", fits=seats_only, undefined_too=True)
def _robins_alexander(net, _):
    return scalar(nx.bipartite.robins_alexander_clustering(bipartite(net)))


def opsahl(graph, own):
    """Paths of four from own to own, and those closed by another middle."""
    closed = paths = 0
    for centre in own:
        for e1, e2 in itertools.permutations(graph[centre], 2):
            for a in set(graph[e1]) - {centre}:
                for b in set(graph[e2]) - {centre, a}:
                    paths += 1
                    closed += bool((set(graph[a]) & set(graph[b])) - {e1, e2})
    return closed / paths if paths else math.nan


@rule("twomode.clustering", "definition", fits=seats_only)
def _clustering(net, _):
    return scalar(opsahl(bipartite(net), net.actors))


def filled(net, told):
    """vegan's NODF counts pairs with an empty row as 0; without them in the divisor."""
    rows, columns = len(net.actors), len(net.activities)
    some_rows, some_columns = len({i for i, _ in net.seats}), len({e for _, e in net.seats})
    left = math.comb(some_rows, 2) + math.comb(some_columns, 2)
    return told * (math.comb(rows, 2) + math.comb(columns, 2)) / left if left else math.nan


for _part, _key, _of in (("with_empty", "ordered", lambda net, told: told),
                         (None, "ordered", filled), ("given", "given", filled)):
    RULES.append(Rule(
        "twomode.nodf", f"R's vegan ({_key}" + (", empty rows left out)" if _of is filled else ")"),
        part=_part, fits=seats_only,
        answer=lambda net, said, key=f"vegan.nodf.{_key}", of=_of:
            scalar(of(net, said[key][2])) if key in said else (None, None)))
