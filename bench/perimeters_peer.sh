#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What all pairs of perimeters have in common as scipy's sparse product B D B^T: for
# bench_perimeters.
#
#   perimeters_peer.sh FILE
#
# Prints the pairs, the sum of their inhabitants in common, the seconds of the processor that the
# product took, and those of B B^T, the units in common; then the inhabitants of a sample of pairs.
# A product has both halves and the diagonal, one number a pair.
# Exit status: 77 where scipy is not installed.
set -eu
for python in ${PYTHON:-} python3 "$(command -pv python3 || true)"; do
    if [ -n "$python" ] && "$python" -c 'import scipy.sparse' 2>/dev/null; then
        exec "$python" - "${1:?usage: perimeters_peer.sh FILE}" <<'END'
import sys, time
import numpy as np
from scipy import sparse

STRIDE, SAMPLES = 97, 1000
with open(sys.argv[1], "rb") as file:
    n, units, m = (int(x) for x in np.fromfile(file, dtype=np.uint32, count=3))
    people = np.fromfile(file, dtype=np.float64, count=units)
    pairs = np.fromfile(file, dtype=np.uint32, count=2 * m).reshape(m, 2)
holds = sparse.csr_matrix((np.ones(m), (pairs[:, 0], pairs[:, 1])), shape=(n, units))
weights = sparse.diags(people)
start = time.process_time()
common = holds @ weights @ holds.T
seconds = time.process_time() - start
start = time.process_time()
shared = holds @ holds.T
units = time.process_time() - start
common = sparse.triu(common, k=1).tocoo()
mark = common.row.astype(np.uint64) * np.uint64(7919) + common.col.astype(np.uint64)
kept = mark % STRIDE == 0
sample = np.zeros(SAMPLES)
np.add.at(sample, (mark[kept] // STRIDE % SAMPLES).astype(int), common.data[kept])
print("%d %.1f %.1f %.9f %.9f" % (common.nnz, common.data.sum(),
      sparse.triu(shared, k=1).sum(), seconds, units), *("%.1f" % x for x in sample))
END
    fi
done
exit 77
