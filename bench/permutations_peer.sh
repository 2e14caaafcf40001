#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# E-I under permuted labels, by another program: for bench_permutations.
#
#   permutations_peer.sh numpy|sna|r FILE DRAWS SEED
#
# FILE: actors and ties, then two actors (from 0) a tie, then a sector an actor. Prints the E-I
# observed, the mean and the sd of the draws, and the seconds that the draws took, by the clock and of
# the processor.
# Exit status: 77 where that program is not installed.
set -eu
peer=${1:?usage: permutations_peer.sh numpy|sna|r FILE DRAWS SEED}
shift

# The first Python that has numpy: the user's may be one without.
numpy() {
    for python in ${PYTHON:-} python3 "$(command -pv python3 || true)"; do
        if [ -n "$python" ] && "$python" -c 'import numpy' 2>/dev/null; then
            exec "$python" - "$@" <<'END'
import sys, time
import numpy as np

path, draws, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
data = np.fromfile(path, dtype=np.int64, sep=" ")
n, m = data[0], data[1]
a = data[2:2 + 2 * m:2].astype(np.int32)
b = data[3:2 + 2 * m:2].astype(np.int32)
label = data[2 + 2 * m:].astype(np.int8)
rng = np.random.default_rng(seed)

def ei(of):
    return 1.0 - 2.0 * np.count_nonzero(of[a] == of[b]) / m

values = np.empty(draws)
start, cpu = time.perf_counter(), time.process_time()
for d in range(draws):
    values[d] = ei(rng.permutation(label))
seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
print("%.15g %.15g %.15g %.9f %.9f"
      % (ei(label), values.mean(), values.std(ddof=1), seconds, cpu))
END
        fi
    done
    exit 77
}

# sna's test of a statistic of two matrices permutes one of them; plain R shuffles the labels.
r() {
    command -v Rscript >/dev/null || exit 77
    Rscript --vanilla - "$@" <<'END'
args <- commandArgs(TRUE)
peer <- args[1]
draws <- as.integer(args[3])
set.seed(as.integer(args[4]))
data <- scan(args[2], quiet = TRUE)
n <- data[1]
m <- data[2]
ends <- matrix(data[2 + seq_len(2 * m)], nrow = 2) + 1
label <- data[-seq_len(2 + 2 * m)]
ei <- function(of) 1 - 2 * sum(of[ends[1, ]] == of[ends[2, ]]) / m
if (peer == "sna") {
  if (!suppressWarnings(requireNamespace("sna", quietly = TRUE))) quit(status = 77)
  both <- array(0, c(2, n, n))
  both[1, , ][t(ends)] <- 1
  both[1, , ] <- pmax(both[1, , ], t(both[1, , ]))
  both[2, , ] <- outer(label, label, "==") * 1
  stat <- function(dat, g1, g2, ...) 1 - sum(dat[g1, , ] * dat[g2, , ]) / m
  start <- proc.time()
  values <- sna::qaptest(both, stat, reps = draws, g1 = 1, g2 = 2)$dist
  took <- proc.time() - start
} else {
  start <- proc.time()
  values <- replicate(draws, ei(sample(label)))
  took <- proc.time() - start
}
cat(sprintf("%.15g %.15g %.15g %.9f %.9f\n", ei(label), mean(values), sd(values),
            took[["elapsed"]], took[["user.self"]] + took[["sys.self"]]))
END
}

case $peer in
numpy) numpy "$@" ;;
sna | r) r "$peer" "$@" ;;
*)
    echo "permutations_peer.sh: no peer $peer" >&2
    exit 2
    ;;
esac
