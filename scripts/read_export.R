# SPDX-License-Identifier: GPL-3.0-or-later
# Reads a GraphML file with igraph and prints what check_exports.py compares, one
# thing a line. Exit status 77 where the package is absent.
#
#   Rscript read_export.R FILE.graphml

if (!suppressWarnings(suppressPackageStartupMessages(require(igraph, quietly = TRUE)))) {
    quit(status = 77)
}
graph <- read_graph(commandArgs(trailingOnly = TRUE)[1], format = "graphml")
weight <- if (is.null(E(graph)$weight)) rep(1, ecount(graph)) else E(graph)$weight
type <- if (is.null(V(graph)$type)) NA else sum(V(graph)$type)
say <- function(...) writeLines(enc2utf8(paste(...)), useBytes = TRUE)
say("points", vcount(graph))
say("ties", ecount(graph))
say("directed", tolower(is_directed(graph)))
say("second_kind", type)
say("weight", sprintf("%.12f", sum(weight)))
say("title", graph$title)
for (name in V(graph)$name) say("name", name)
