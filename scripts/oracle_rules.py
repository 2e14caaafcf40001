# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which number of ours is which number of another program: the rules of oracle.py.

A rule names a measure (id, or id@scope), a part of it or None, the convention it is asked under,
and who says what it must be: networkx, scipy, a package of R (see oracle.R), or "definition", a
few lines of numpy that follow the formula and nothing else, where no package has the measure.
"""

import collections
import functools
import itertools
import math
import warnings

import networkx as nx
import numpy as np

warnings.simplefilter("ignore")
RULES = []


class Rule:
    """One comparison."""

    def __init__(self, measure, who, answer, part=None, convention=None, fits=None,
                 undefined_too=False):
        self.measure, self.part, self.convention, self.who = measure, part, convention, who
        self.answer, self.fits, self.undefined_too = answer, fits, undefined_too

    def title(self):
        """For the report."""
        return " ".join([self.measure + (f".{self.part}" if self.part else "")]
                        + ([f"({self.convention})"] if self.convention else []) + ["=", self.who])

    def ask(self, network, said):
        """Subjects, and the numbers there; None: nothing to compare."""
        return self.answer(network, said)


def rule(measure, who, **how):
    """Decorates answer(network, said by R)."""
    def keep(answer):
        RULES.append(Rule(measure, who, answer, **how))
        return answer
    return keep


def is_ties(network):
    """Ties, not participations."""
    return network.view == "ties"


def arcs_only(network):
    """Ties with a direction."""
    return is_ties(network) and network.directed


def ties_only(network):
    """Ties without."""
    return is_ties(network) and not network.directed


def seats_only(network):
    """Participations."""
    return not is_ties(network)


def weights_only(network):
    """Ties with weights."""
    return is_ties(network) and network.weighted


def weighted_ties_only(network):
    """Weights, no direction."""
    return ties_only(network) and network.weighted


def known_only(network):
    """Every actor has a sector."""
    return is_ties(network) and all(network.sectors)


# ---- graphs -----------------------------------------------------------------------------


@functools.lru_cache(maxsize=None)
def stored(net):
    """With the directions of the study."""
    graph = (nx.DiGraph if net.directed else nx.Graph)()
    graph.add_nodes_from((a, {"sector": s}) for a, s in zip(net.actors, net.sectors))
    graph.add_edges_from((net.actors[i], net.actors[j], {"weight": w})
                         for (i, j), w in net.ties.items())
    return graph


@functools.lru_cache(maxsize=None)
def weak(net):
    """Either direction counts; the larger weight."""
    graph = nx.Graph()
    graph.add_nodes_from(stored(net).nodes(data=True))
    for a, b, weight in stored(net).edges(data="weight"):
        old = graph.get_edge_data(a, b, {"weight": 0})["weight"]
        graph.add_edge(a, b, weight=max(weight, old))
    return graph


@functools.lru_cache(maxsize=None)
def known(net, directions=False):
    """Without the actors of unknown sector."""
    graph = stored(net) if directions else weak(net)
    return graph.subgraph([a for a, s in zip(net.actors, net.sectors) if s]).copy()


def groups_of(net):
    """Actors of each sector, sectors in order."""
    groups = collections.defaultdict(set)
    for actor, sector in zip(net.actors, net.sectors):
        if sector:
            groups[sector].add(actor)
    return dict(sorted(groups.items()))


def both_ways(net):
    """Arcs, or each tie once, as a multigraph without direction: of volumes."""
    graph = nx.MultiGraph()
    graph.add_nodes_from(known(net))
    graph.add_edges_from(known(net, True).edges())
    return graph


def matrix(net, weighted=False, directions=True):
    """0/1 or weights."""
    graph = stored(net) if directions else weak(net)
    return nx.to_numpy_array(graph, nodelist=net.actors, weight="weight" if weighted else None)


def scalar(number):
    """One number."""
    return [None], [number]


def by_actor(net, numbers):
    """A dict or a list of the actors'."""
    if isinstance(numbers, dict):
        numbers = [numbers.get(a) for a in net.actors]
    return net.actors, numbers


def says(measure, key, package, **how):
    """What oracle.R said, number for number."""
    how.setdefault("fits", is_ties)
    def answer(net, said):
        numbers = said.get(key)
        if numbers is None:
            return None, None
        return ([None] if len(numbers) == 1 and len(net.actors) > 1 else net.actors), numbers
    RULES.append(Rule(measure, f"R's {package} ({key})", answer, **how))


# ---- network ------------------------------------------------------------------------------


@rule("network.density", "networkx", fits=is_ties)
def _density(net, _):
    return scalar(nx.density(stored(net)))


@rule("network.components", "networkx", fits=is_ties)
def _components(net, _):
    return scalar(nx.number_connected_components(weak(net)))


@rule("network.components", "networkx", part="largest", fits=is_ties)
def _largest(net, _):
    return scalar(max(map(len, nx.connected_components(weak(net)))))


@rule("network.isolates", "networkx", fits=is_ties)
def _isolates(net, _):
    return scalar(nx.number_of_isolates(weak(net)))


@rule("network.transitivity", "networkx", fits=is_ties, undefined_too=True)
def _transitivity(net, _):
    return scalar(nx.transitivity(weak(net)))


@rule("network.efficiency", "networkx", fits=is_ties)
def _efficiency(net, _):
    return scalar(nx.global_efficiency(weak(net)))


@rule("network.reciprocity", "networkx", fits=arcs_only)
def _reciprocity(net, _):
    return scalar(nx.overall_reciprocity(stored(net)))


says("network.density", "sna.gden", "sna")
says("network.transitivity", "sna.gtrans", "sna", undefined_too=True)
says("network.transitivity", "igraph.transitivity", "igraph")
says("network.efficiency", "igraph.global_efficiency", "igraph")
says("network.reciprocity", "sna.recip.edgewise", "sna", fits=arcs_only)
says("network.reciprocity", "sna.recip.dyadic", "sna", fits=arcs_only, convention="sna")
says("network.reciprocity", "igraph.reciprocity", "igraph", fits=arcs_only)
says("network.centralization.degree", "sna.centralization.freeman", "sna", convention="sna")
says("network.centralization.degree", "sna.centralization.freeman", "sna", fits=ties_only)
for _way, _key in (("in", "indegree"), ("out", "outdegree")):
    says("network.centralization.degree", f"sna.centralization.{_key}", "sna", part=_way,
         fits=arcs_only)
says("network.centralization.degree", "igraph.centr_degree", "igraph", convention="igraph")
says("network.centralization.betweenness", "sna.centralization.betweenness", "sna",
     convention="sna")

# Krackhardt's four; hierarchy: sna's default is another.
says("network.gtd.connectedness", "sna.connectedness", "sna")
says("network.gtd.hierarchy", "sna.hierarchy.krackhardt", "sna", fits=arcs_only)
says("network.gtd.hierarchy", "sna.hierarchy.reciprocity", "sna", fits=arcs_only, convention="sna")
says("network.gtd.hierarchy", "sna.hierarchy.reciprocity", "sna", fits=arcs_only,
     part="reciprocity")
says("network.gtd.efficiency", "sna.efficiency", "sna", fits=arcs_only, undefined_too=True)
says("network.gtd.lub", "sna.lubness", "sna", fits=arcs_only, convention="sna", undefined_too=True)
says("network.gtd.lub", "sna.lubness", "sna", fits=arcs_only, part="foremost", undefined_too=True)


@rule("network.gtd.efficiency", "definition", fits=ties_only)
def _gtd_links(net, _):
    """Ties beyond the fewest, over the most there could be; sna counts each tie as two arcs."""
    sizes = [len(p) for p in nx.connected_components(weak(net))]
    room = sum((s - 1) * (s - 2) for s in sizes) / 2
    extra = weak(net).number_of_edges() - sum(s - 1 for s in sizes)
    return scalar(1 - extra / room if room else None)


@rule("network.core_periphery", "definition", fits=is_ties)
def _core_periphery(net, _):
    """Best correlation over all cores, ties between core and periphery left out; weak ties."""
    n = len(net.actors)
    if n > 12:
        return None, None
    tied = matrix(net, directions=False)
    upper = np.triu_indices(n, 1)
    x, best = tied[upper], math.nan
    for bits in range(1, 2 ** n):
        core = np.array([bits >> i & 1 for i in range(n)])
        a, b = core[upper[0]], core[upper[1]]
        same = a == b
        ours, pattern = x[same], a[same]
        if len(ours) > 1 and ours.std() > 0 and pattern.std() > 0:
            found = np.corrcoef(ours, pattern)[0, 1]
            best = found if math.isnan(best) else max(best, found)
    return scalar(best)


# ---- position -----------------------------------------------------------------------------

says("position.degree", "sna.degree.freeman", "sna", convention="sna")
says("position.degree", "sna.degree.indegree", "sna", part="in", fits=arcs_only)
says("position.degree", "sna.degree.outdegree", "sna", part="out", fits=arcs_only)
says("position.betweenness", "igraph.betweenness.weak", "igraph")
says("position.betweenness", "igraph.betweenness", "igraph", convention="igraph")
says("position.betweenness", "sna.betweenness", "sna", convention="sna")
says("position.coreness", "igraph.coreness", "igraph")
says("position.constraint", "igraph.constraint", "igraph", undefined_too=True)
says("position.constraint", "igraph.constraint.weighted", "igraph", part="weighted",
     fits=weights_only, undefined_too=True)
says("position.pagerank", "igraph.page_rank", "igraph")


@rule("position.degree", "networkx", fits=is_ties)
def _degree(net, _):
    return by_actor(net, dict(weak(net).degree()))


@rule("position.strength", "networkx", fits=weights_only)
def _strength(net, _):
    return by_actor(net, dict(weak(net).degree(weight="weight")))


@rule("position.strength", "networkx", part="out", fits=lambda n: arcs_only(n) and n.weighted)
def _strength_out(net, _):
    return by_actor(net, dict(stored(net).out_degree(weight="weight")))


@rule("position.betweenness", "networkx", fits=is_ties)
def _betweenness(net, _):
    return by_actor(net, nx.betweenness_centrality(weak(net), normalized=False))


@rule("position.betweenness", "networkx", part="normalised",
      fits=lambda n: is_ties(n) and len(n.actors) > 2)
def _betweenness_normalised(net, _):
    return by_actor(net, nx.betweenness_centrality(weak(net)))


@rule("position.betweenness", "networkx", part="arcs", fits=arcs_only)
def _betweenness_arcs(net, _):
    return by_actor(net, nx.betweenness_centrality(stored(net), normalized=False))


@rule("position.harmonic", "networkx", fits=is_ties)
def _harmonic(net, _):
    n = len(net.actors)
    return by_actor(net, {a: h / (n - 1) for a, h in nx.harmonic_centrality(weak(net)).items()})


@rule("position.coreness", "networkx", fits=is_ties)
def _coreness(net, _):
    return by_actor(net, nx.core_number(weak(net)))


def senders(net, numbers):
    """networkx says nothing of actors that only receive."""
    order = [a for a in net.actors if stored(net)[a]]
    return order, [numbers[a] for a in order]


@rule("position.constraint", "networkx", fits=is_ties)
def _constraint(net, _):
    return senders(net, nx.constraint(stored(net)))


@rule("position.constraint", "networkx", part="weighted", fits=weights_only)
def _constraint_weighted(net, _):
    return senders(net, nx.constraint(stored(net), weight="weight"))


@rule("position.pagerank", "networkx", fits=is_ties)
def _pagerank(net, _):
    weight = "weight" if net.weighted else None
    return by_actor(net, nx.pagerank(stored(net), tol=1e-14, max_iter=10000, weight=weight))


@rule("position.eigenvector", "numpy", fits=is_ties)
def _eigenvector(net, _):
    pieces = sorted(nx.connected_components(weak(net)), key=len, reverse=True)
    if len(pieces[0]) < 2 or len(pieces) > 1 and len(pieces[1]) == len(pieces[0]):
        return None, None
    here = [a for a in net.actors if a in pieces[0]]
    square = nx.to_numpy_array(weak(net), nodelist=here, weight="weight" if net.weighted else None)
    values, vectors = np.linalg.eigh(square)
    if len(values) > 1 and values[-1] - values[-2] < 1e-6:
        return None, None
    leading = abs(vectors[:, -1])
    return here, list(leading / leading.max())


@rule("position.effective_size", "networkx", fits=is_ties)
def _effective_size(net, _):
    return by_actor(net, nx.effective_size(weak(net)))


@rule("position.effective_size", "networkx", part="weighted", fits=weighted_ties_only)
def _effective_size_weighted(net, _):
    return by_actor(net, nx.effective_size(stored(net), weight="weight"))


@rule("position.effective_size", "networkx", part="arcs", fits=arcs_only)
def _effective_size_arcs(net, _):
    return senders(net, nx.effective_size(stored(net)))


def burt_hierarchy(square):
    """Of each actor's terms of the constraint."""
    mutual = square + square.T
    shares = mutual / mutual.sum(axis=1, keepdims=True)
    shares = np.nan_to_num(shares)
    terms = (shares + shares @ shares) ** 2
    out = []
    for i, row in enumerate(mutual):
        contacts = np.flatnonzero(row)
        count = len(contacts)
        if count < 2:
            out.append([math.nan, 1.0][count])
            continue
        ratio = terms[i, contacts] / terms[i, contacts].mean()
        out.append(float((ratio * np.log(ratio)).sum() / (count * math.log(count))))
    return out


@rule("position.hierarchy", "definition", fits=is_ties)
def _hierarchy(net, _):
    return by_actor(net, burt_hierarchy(matrix(net)))


@rule("position.hierarchy", "definition", part="weighted", fits=weights_only)
def _hierarchy_weighted(net, _):
    return by_actor(net, burt_hierarchy(matrix(net, weighted=True)))


@rule("position.cross_betweenness", "networkx", fits=is_ties, undefined_too=True)
def _cross_betweenness(net, _):
    """networkx halves undirected subsets: twice its value, sector pair by sector pair."""
    total = collections.Counter()
    for a, b in itertools.combinations(groups_of(net).values(), 2):
        part = nx.betweenness_centrality_subset(weak(net), list(a), list(b), normalized=False)
        for actor, x in part.items():
            total[actor] += 2 * x
    return by_actor(net, [total[a] for a in net.actors])


@rule("position.cross_betweenness", "networkx", part="arcs", fits=arcs_only, undefined_too=True)
def _cross_betweenness_arcs(net, _):
    total = collections.Counter()
    for a, b in itertools.permutations(groups_of(net).values(), 2):
        part = nx.betweenness_centrality_subset(stored(net), list(a), list(b), normalized=False)
        for actor, x in part.items():
            total[actor] += x
    return by_actor(net, [total[a] for a in net.actors])


@rule("depend.pairs_lost", "networkx", fits=is_ties)
def _pairs_lost(net, _):
    """Pairs of others that are joined with the actor and not without."""
    def joined(graph):
        return sum(len(p) * (len(p) - 1) // 2 for p in nx.connected_components(graph))
    out, graph = [], weak(net)
    for actor in net.actors:
        own = len(nx.node_connected_component(graph, actor)) - 1
        rest = graph.subgraph(set(graph) - {actor})
        out.append(joined(graph) - own - joined(rest))
    return net.actors, out


@rule("depend.bridges", "networkx", fits=is_ties)
def _bridges(net, _):
    """Each bridge, and the pairs it alone joins."""
    graph, pairs, sizes = weak(net), [], []
    for a, b in nx.bridges(graph):
        cut = graph.copy()
        cut.remove_edge(a, b)
        pairs.append(tuple(sorted((a, b))))
        sizes.append(len(nx.node_connected_component(cut, a))
                     * len(nx.node_connected_component(cut, b)))
    return pairs, sizes
