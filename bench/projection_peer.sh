#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The projection of actors as a sparse product of scipy's: for bench_projection.
#
#   projection_peer.sh FILE.bip.bin
#
# Prints the ties, the sum of their weights, the seconds of the product by the clock and of the
# processor, and the peak memory in MB. The product has both halves and the diagonal.
# Exit status: 77 where scipy is not installed.
set -eu
for python in ${PYTHON:-} python3 "$(command -pv python3 || true)"; do
    if [ -n "$python" ] && "$python" -c 'import scipy.sparse' 2>/dev/null; then
        exec "$python" - "${1:?usage: projection_peer.sh FILE.bip.bin}" <<'END'
import resource, sys, time
import numpy as np
from scipy import sparse

data = np.fromfile(sys.argv[1], dtype=np.uint32)
n, activities, m = (int(x) for x in data[:3])
activity, actor = data[3:3 + 2 * m:2], data[4:3 + 2 * m:2]
seats = sparse.csr_matrix((np.ones(m, dtype=np.int32), (actor, activity)), shape=(n, activities))
seats.sum_duplicates()
seats.data[:] = 1
turned = seats.T.tocsr()
start, cpu = time.perf_counter(), time.process_time()
pairs = seats @ turned
seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
own = pairs.diagonal()
print("%d %d %.9f %.9f %.1f" % ((pairs.nnz - np.count_nonzero(own)) // 2,
      (int(pairs.sum(dtype=np.int64)) - int(own.sum(dtype=np.int64))) // 2, seconds, cpu, peak))
END
    fi
done
exit 77
