#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What users asked for, row by row (tests/requirements/rows.csv): each row's study is read by the
# real program and must answer what its `expect` says; or a golden command of tests/cases does; or
# the row says why it is out of reach of a network measure. Measures and columns that a row names
# must exist. The table in tests/requirements/README.md is made from rows.csv.
#
#   check_requirements.sh PROGRAM [ROW...]    ends with `requirements: N passed, N failed`
#   check_requirements.sh PROGRAM --write     rewrites the table
#
# A line of `expect`:
#   check :: TEXT                   `check` prints TEXT
#   measure ID [OPTION...] :: TEXT  a line of `measure ID --format csv` begins with TEXT
#   finding KIND :: TEXT            report.json has a finding of the kind whose French has TEXT
set -eu
program=${1:?usage: check_requirements.sh PROGRAM [--write | ROW...]}
shift
cd "$(dirname "$0")/.."
here=tests/requirements
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

table()
{
    echo "| row | what | tables and columns | measures | test |"
    echo "|---|---|---|---|---|"
    awk -F ';' 'NR > 1 {
        test = $5 == "study" ? "`" $1 "/expect`" : $5 == "case" ? "`cases/requirement-" $1 "`" : "none: " $6
        if ($5 != "none" && $6 != "") test = test ", " $6
        gsub(/ /, "`, `", $3); gsub(/ /, "`, `", $4)
        printf "| %s | %s | %s | %s | %s |\n", $1, $2, $3 == "" ? "-" : "`" $3 "`",
            $4 == "" ? "-" : "`" $4 "`", test
    }' "$here/rows.csv"
}

# The README up to its table, which is made anew.
page()
{
    sed '/^| row | what /,$d' "$here/README.md"
    table
}

fail() # row, words
{
    echo "FAILED requirement $1: $2"
    failed=$((failed + 1))
    row_failed=yes
}

# One line of an expect file; what the program says once is kept for the row's other lines.
hold() # row, command words, text
{
    row=$1 asked=$2 text=$3
    study=$here/$row
    said=$work/$(printf '%s' "$row $asked" | tr -c 'A-Za-z0-9_.' '_')
    # shellcheck disable=SC2086 # words on purpose
    set -- $asked
    case $1 in
    check)
        [ -e "$said" ] || "$program" check "$study" --lang fr >"$said" 2>&1 || true
        grep -qF -- "$text" "$said"
        ;;
    measure)
        shift
        [ -e "$said" ] || "$program" measure "$study" "$@" --format csv --draws 199 -q >"$said" 2>/dev/null || true
        awk -v text="$text" 'index($0 ",", text ",") == 1 { found = 1 } END { exit !found }' "$said"
        ;;
    finding)
        [ -d "$work/$row" ] || "$program" report "$study" -o "$work/$row" --draws 199 -q >/dev/null 2>&1 || true
        grep -F "\"kind\": \"$2\"" "$work/$row/report.json" | grep -qF -- "$text"
        ;;
    *) return 1 ;;
    esac
}

names_exist() # row, columns, measures
{
    for name in $2; do
        grep -q "^COLUMN(${name%%.*}, ${name#*.}," src/model/schema.def || fail "$1" "no column $name"
    done
    for name in $3; do
        grep -q "^MEASURE(\"$name\"" src/measure/catalogue/*.def || fail "$1" "no measure $name"
    done
}

if [ "${1:-}" = --write ]; then
    page >"$work/README.md"
    cat "$work/README.md" >"$here/README.md"
    exit 0
fi

sed 1d "$here/rows.csv" >"$work/rows"
while IFS=';' read -r row what columns measures test note; do
    [ $# -eq 0 ] || case " $* " in *" $row "*) ;; *) continue ;; esac
    row_failed=no
    names_exist "$row" "$columns" "$measures"
    case $test in
    study)
        lines=0
        grep -v '^#' "$here/$row/expect" >"$work/expect" || true
        while IFS= read -r line; do
            lines=$((lines + 1))
            hold "$row" "${line%% :: *}" "${line#* :: }" </dev/null || fail "$row" "$line"
        done <"$work/expect"
        [ "$lines" -gt 0 ] || fail "$row" "expects nothing"
        ;;
    case) [ -e "tests/cases/requirement-$row/cmd" ] || fail "$row" "no case requirement-$row" ;;
    none) [ -n "$note" ] || fail "$row" "no test and no reason" ;;
    *) fail "$row" "test is none of study, case, none" ;;
    esac
    [ -n "$what" ] || fail "$row" "says not what it is"
    [ "$row_failed" = yes ] || passed=$((passed + 1))
done <"$work/rows"

if [ $# -eq 0 ]; then
    rows=$(awk -F ';' 'NR > 1 { print $1 }' "$here/rows.csv" | sort | uniq | tr '\n' ' ')
    wanted=$(awk 'BEGIN { for (i = 1; i <= 18; i++) printf "D%02d ", i; for (i = 1; i <= 54; i++) printf "P%02d ", i }')
    [ "$rows" = "$wanted" ] || fail all "the rows are not D01 to D18 and P01 to P54"
    page >"$work/README.md"
    cmp -s "$work/README.md" "$here/README.md" ||
        fail all "README.md is not what rows.csv makes: check_requirements.sh PROGRAM --write"
fi
echo "requirements: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
