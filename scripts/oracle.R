# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What R's packages make of the graphs that scripts/oracle.py writes into a folder:
#
#   Rscript oracle.R FOLDER
#
# NAME.graph: adjacency (weights, 0 none) as a square table; first line: "directed" or
# "undirected"; last line: sectors, 0 unknown. NAME.table: participations, rows = actors.
# Prints lines "NAME<tab>KEY<tab>numbers", and "packages<tab>-<tab>..." first. A package that is not
# installed says nothing.
folder <- commandArgs(TRUE)[1]
there <- Filter(function(p) requireNamespace(p, quietly = TRUE), c("sna", "igraph", "vegan"))
cat("packages\t-\t", paste(there, sapply(there, function(p) as.character(packageVersion(p)))),
    "\n", sep = " ")
has <- function(p) p %in% there

say <- function(name, key, numbers) {
    told <- paste(format(as.numeric(numbers), digits = 17), collapse = " ")
    cat(name, "\t", key, "\t", told, "\n", sep = "")
}
try_say <- function(name, key, make) {
    numbers <- tryCatch(suppressWarnings(make()), error = function(e) NULL)
    if (!is.null(numbers)) say(name, key, numbers)
}

with_sna <- function(name, arcs, directed, sectors) {
    mode <- if (directed) "digraph" else "graph"
    weak <- pmax(arcs, t(arcs))
    for (cmode in if (directed) c("freeman", "indegree", "outdegree") else "freeman") {
        try_say(name, paste0("sna.degree.", cmode), function()
            sna::degree(arcs, gmode = mode, cmode = cmode))
        try_say(name, paste0("sna.centralization.", cmode), function()
            sna::centralization(arcs, sna::degree, mode = mode, cmode = cmode))
    }
    try_say(name, "sna.betweenness", function() sna::betweenness(arcs, gmode = mode))
    try_say(name, "sna.centralization.betweenness", function()
        sna::centralization(arcs, sna::betweenness, mode = mode))
    try_say(name, "sna.gtrans", function() sna::gtrans(weak, mode = "graph", measure = "weak"))
    try_say(name, "sna.gden", function() sna::gden(arcs, mode = mode))
    if (directed) {
        try_say(name, "sna.recip.edgewise", function() sna::grecip(arcs, measure = "edgewise"))
        try_say(name, "sna.recip.dyadic", function() sna::grecip(arcs, measure = "dyadic"))
    }
    try_say(name, "sna.connectedness", function() sna::connectedness(arcs))
    for (way in list(list("", arcs), list(".back", t(arcs)))) { # arcs as stored, and turned round
        try_say(name, paste0("sna.efficiency", way[[1]]), function() sna::efficiency(way[[2]]))
        try_say(name, paste0("sna.lubness", way[[1]]), function() sna::lubness(way[[2]]))
    }
    for (measure in c("krackhardt", "reciprocity")) {
        try_say(name, paste0("sna.hierarchy.", measure), function()
            sna::hierarchy(arcs, measure = measure))
    }
    known <- sectors > 0
    if (sum(known) > 2 && length(unique(sectors[known])) > 1) {
        b <- tryCatch(suppressWarnings(sna::brokerage(arcs[known, known], sectors[known])),
                      error = function(e) NULL)
        if (!is.null(b)) {
            for (role in colnames(b$raw.nli)) { # by R's names: the C code says another order
                say(name, paste0("sna.brokerage.raw.", role), b$raw.nli[, role])
                say(name, paste0("sna.brokerage.expected.", role), b$exp.nli[, role])
                say(name, paste0("sna.brokerage.sd.", role), b$sd.nli[, role])
                say(name, paste0("sna.brokerage.sum.", role), b$raw.gli[role])
            }
        }
    }
}

with_igraph <- function(name, weights, directed, sectors) {
    make <- function(m, mode) igraph::graph_from_adjacency_matrix(m, mode = mode, weighted = TRUE)
    g <- make(weights, if (directed) "directed" else "undirected")
    u <- make(pmax(weights, t(weights)), "undirected")
    plain <- igraph::delete_edge_attr(g, "weight")
    weak <- igraph::delete_edge_attr(u, "weight")
    try_say(name, "igraph.constraint", function() igraph::constraint(plain))
    try_say(name, "igraph.constraint.weighted", function() igraph::constraint(g))
    try_say(name, "igraph.coreness", function() igraph::coreness(weak))
    try_say(name, "igraph.transitivity", function() igraph::transitivity(weak))
    try_say(name, "igraph.betweenness", function() igraph::betweenness(plain, directed = directed))
    try_say(name, "igraph.betweenness.weak", function() igraph::betweenness(weak))
    try_say(name, "igraph.page_rank", function() igraph::page_rank(g)$vector)
    try_say(name, "igraph.centr_degree", function()
        igraph::centr_degree(plain, mode = "all", loops = TRUE)$centralization)
    try_say(name, "igraph.global_efficiency", function()
        igraph::global_efficiency(weak, directed = FALSE))
    try_say(name, "igraph.articulation", function() {
        out <- numeric(igraph::vcount(weak))
        out[as.numeric(igraph::articulation_points(weak))] <- 1
        out
    })
    if (directed) try_say(name, "igraph.reciprocity", function() igraph::reciprocity(plain))
    known <- which(sectors > 0)
    if (length(known) > 0) {
        label <- sectors[known]
        weak <- igraph::induced_subgraph(weak, known)
        u <- igraph::induced_subgraph(u, known)
        try_say(name, "igraph.assortativity", function()
            igraph::assortativity_nominal(weak, label, directed = FALSE))
        try_say(name, "igraph.modularity", function() igraph::modularity(weak, label))
        try_say(name, "igraph.modularity.weighted", function()
            igraph::modularity(u, label, weights = igraph::E(u)$weight))
    }
}

with_vegan <- function(name, table) {
    for (order in c(FALSE, TRUE)) {
        try_say(name, paste0("vegan.nodf.", if (order) "ordered" else "given"), function()
            vegan::nestednodf(table, order = order)$statistic[c("N rows", "N columns", "NODF")])
    }
}

for (path in sort(list.files(folder, pattern = "[.]graph$", full.names = TRUE))) {
    name <- sub("[.]graph$", "", basename(path))
    lines <- readLines(path)
    rows <- lapply(strsplit(lines[-1], " "), as.numeric)
    n <- length(rows) - 1
    m <- matrix(unlist(rows[seq_len(n)]), n, n, byrow = TRUE)
    if (has("sna")) with_sna(name, (m > 0) * 1, lines[1] == "directed", rows[[n + 1]])
    if (has("igraph")) with_igraph(name, m, lines[1] == "directed", rows[[n + 1]])
}
for (path in sort(list.files(folder, pattern = "[.]table$", full.names = TRUE))) {
    table <- as.matrix(read.table(path))
    if (has("vegan")) with_vegan(sub("[.]table$", "", basename(path)), table)
}
