#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# How many lines of src/ the tests ran, from gcov's notes in a build folder; the
# program's own folder (cli) is left out: golden commands judge it. Fails under a
# percentage.
#
#   check_cover.sh BUILD PERCENT
set -eu
cd "$(dirname "$0")/.."
build=${1:?usage: check_cover.sh BUILD PERCENT}
least=${2:-90}

# A file no test ran has no .gcda: gcov then says 0 % of its lines, as it should.
find "$build/src" -name '*.gcno' ! -path '*/src/cli/*' | sort | while read -r notes; do
    source=${notes#"$build/"}
    source=${source%.gcno}.c
    [ -e "$source" ] || continue # left by a source that is gone
    "${GCOV:-gcov}" --no-output "${notes%.gcno}.o" 2>/dev/null |
        awk -v source="$source" '
            /^File / { ours = index($0, "\x27" source "\x27") || index($0, "/" source "\x27") }
            ours && /^Lines executed:/ {
                split($0, part, /[:% ]+/) # Lines executed 97.06 of 34
                printf "%s %d %d\n", source, part[3] * part[5] / 100 + 0.5, part[5]
                ours = 0
            }'
done | sort -k1,1 | awk -v least="$least" '
{
    ran += $2; lines += $3
    printf "%6.1f %%  %5d of %5d  %s\n", $3 ? 100 * $2 / $3 : 100, $2, $3, $1
}
END {
    if (!lines) { print "cover: no line was counted"; exit 1 }
    percent = 100 * ran / lines
    printf "cover: %.1f %% of %d lines (%d at least)\n", percent, lines, least
    exit percent < least
}'
