#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# graph-tool's articulation points, for bench_removal.
#
#   removal_peer.sh FILE.el.bin
#
# Reads the graph once, says "ready", then at each line of its input makes one bare pass
# (label_biconnected_components) and prints the seconds of the processor, those of the clock, and
# how many articulation points there are. Exit status: 77 where graph-tool is not installed.
set -eu
for python in ${PYTHON:-} python3 "$(command -pv python3 || true)"; do
    if [ -n "$python" ] && "$python" -c 'import graph_tool.topology' 2>/dev/null; then
        exec "$python" -c '
import sys, time
import numpy as np
from graph_tool import Graph
from graph_tool.topology import label_biconnected_components

data = np.fromfile(sys.argv[1], dtype=np.uint32)
graph = Graph(directed=False)
graph.add_vertex(int(data[0]))
pairs = np.sort(data[2:2 + 2 * int(data[1])].reshape(-1, 2), axis=1)
graph.add_edge_list(np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0))
block, cut = graph.new_edge_property("int32_t"), graph.new_vertex_property("bool")
print("ready", flush=True)
for line in sys.stdin:
    clock, cpu = time.perf_counter(), time.process_time()
    label_biconnected_components(graph, eprop=block, vprop=cut)
    cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    print("%.9f %.9f %d" % (cpu, clock, int(cut.a.sum())), flush=True)
' "${1:?usage: removal_peer.sh FILE.el.bin}"
    fi
done
exit 77
