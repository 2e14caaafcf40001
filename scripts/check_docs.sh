#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when a function of include/maillage/measure.h has no `Undefined:`, `Cost:`
# and `Source:` line in its doc comment. A comment speaks for every declaration
# between it and the next one; functions that only free a result need none.
set -eu
cd "$(dirname "$0")/.."
header=${1:-include/maillage/measure.h}

awk -v header="$header" '
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
    if (statement !~ /typedef/ && match(statement, /mlg_[a-z0-9_]+\(/)) {
        name = substr(statement, RSTART, RLENGTH - 1)
        missing = ""
        if (doc !~ /\* Undefined: /) missing = missing " Undefined:"
        if (doc !~ /\* Cost: /) missing = missing " Cost:"
        if (doc !~ /\* Source: /) missing = missing " Source:"
        if (name !~ /_free$/) {
            count++
            if (missing != "") { printf "%s:%d: %s lacks%s\n", header, first, name, missing; bad = 1 }
        }
    }
    statement = ""
}
END {
    if (!count) { print header ": no function found"; bad = 1 }
    if (bad) exit 1
    printf "docs: %d functions of %s say Undefined, Cost, Source\n", count, header
}' "$header"
