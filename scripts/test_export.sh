#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Exports shipped studies, and those of other people's tables that are on this machine,
# and has other programs read them back: scripts/check_exports.py says what is compared.
# Needs python3-networkx; python3-igraph and r-cran-igraph are used where they are.
#
#   test_export.sh PROGRAM [STUDY...]
#
# Exit status: 0 all agree, 1 something differs, 77 skipped: networkx is missing.
set -eu
program=$(cd "$(dirname "${1:?usage: test_export.sh PROGRAM [STUDY...]}")" && pwd)/${1##*/}
shift
cd "$(dirname "$0")/.."

LOCPATH=$(scripts/make_locales.sh)
[ -z "$LOCPATH" ] || export LOCPATH
if [ $# -eq 0 ]; then
    scripts/link_studies.sh build/studies >/dev/null
    set -- datasets/emon/wichita tests/studies/coordinator-sheets datasets/normandie-2017
    for study in datasets/demo build/studies/dhhs_tobacco_2005; do
        [ ! -d "$study" ] || set -- "$@" "$study"
    done
fi
exec python3 scripts/check_exports.py "$program" "$@"
