#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Measures random networks with maillage and with other programs, and compares to 1e-9:
# scripts/oracle.py says on what, oracle_rules.py and oracle_sectors.py which number
# against which.
# Needs python3 with networkx, numpy and scipy; R's sna, igraph and vegan are used
# where they are.
#
#   check_oracle.sh [PROGRAM] [--only WORD] [--keep FOLDER]    PROGRAM: else $PROGRAM
#
# Exit status: 0 all agree, 1 something differs, 77 skipped: something is missing.
set -eu
case "${1:-}" in
'' | -*) ;;
*) PROGRAM=$1 && shift ;;
esac
program=${PROGRAM:?usage: check_oracle.sh PROGRAM}
program=$(cd "$(dirname "$program")" && pwd)/${program##*/}
cd "$(dirname "$0")"
# A python of the user's own may lack what the system's has.
for python in ${PYTHON:-python3 /usr/bin/python3}; do
    if "$python" -c 'import networkx, numpy, scipy' 2>/dev/null; then
        exec "$python" oracle.py "$program" "$@"
    fi
done
echo "check_oracle.sh: skipped, no python3 with networkx, numpy and scipy" \
    "(python3-networkx, python3-numpy, python3-scipy)"
exit 77
