#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when a measure, as a function of a public header, has no `Undefined:`,
# `Cost:` and `Source:` line in its doc comment. The headers are those that
# include/maillage/measures.h gathers, one a family. A comment speaks for every
# declaration between it and the next one; functions that only free need none.
set -eu
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046 # one name a word
    set -- $(sed -n 's|^#include "\(maillage/.*\)"|include/\1|p' include/maillage/measures.h)
fi

awk '
FNR == 1 { doc = ""; statement = ""; depth = in_doc = in_note = 0 }
/^[ \t]*#/ || /extern "C"/ { next }
/^[ \t]*\/\*\*/ { doc = ""; in_doc = 1 }
in_doc { doc = doc $0 "\n"; if (/\*\//) in_doc = 0; next }
/^[ \t]*\/\*/ { in_note = 1 }
in_note { if (/\*\//) in_note = 0; next }
{
    if (statement == "") first = FNR
    statement = statement " " $0
    depth += gsub(/\{/, "{") - gsub(/\}/, "}")
    if (depth < 0) { depth = 0; statement = "" } # the end of extern "C"
    if (depth > 0 || $0 !~ /;/) { if (statement ~ /^ *$/) statement = ""; next }
    # A function, or one declared by its type: `mlg_measure_fn mlg_silo_ei;`
    if (statement !~ /typedef|=|^ *extern const/ &&
        (match(statement, /mlg_[a-z0-9_]+\(/) || match(statement, /mlg_[a-z0-9_]+;/))) {
        name = substr(statement, RSTART, RLENGTH - 1)
        missing = ""
        if (doc !~ /\* Undefined: /) missing = missing " Undefined:"
        if (doc !~ /\* Cost: /) missing = missing " Cost:"
        if (doc !~ /\* Source: /) missing = missing " Source:"
        if (name !~ /_free$/) {
            count++
            if (missing != "") { printf "%s:%d: %s lacks%s\n", FILENAME, first, name, missing; bad = 1 }
        }
    }
    statement = ""
}
END {
    if (!count) { print "docs: no function found in " ARGC - 1 " headers"; bad = 1 }
    if (bad) exit 1
    printf "docs: %d measures say Undefined, Cost, Source\n", count
}' "$@"
