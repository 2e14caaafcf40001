#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every suite and ends with one line, `N passed, N failed`: the unit programs
# (each Check test counts as one), the golden commands (each case), the rows of
# tests/requirements, and the checks of layers, headers and docs (one each). What
# failed is printed in full.
#
#   run_tests.sh BUILD PROGRAM...     from the top folder, after `make suites`
#
# Environment: CC, CXX, CPPFLAGS for the checks; WITH_VALGRIND=yes.
set -eu

build=${1:?usage: run_tests.sh BUILD PROGRAM...}
shift
log=$build/log
rm -rf "$log"
mkdir -p "$log"

passed=0
failed=0
under=
LOCPATH=$(scripts/make_locales.sh)
[ -z "$LOCPATH" ] || export LOCPATH
export CK_VERBOSITY=normal CK_DEFAULT_TIMEOUT="${CK_DEFAULT_TIMEOUT:-60}"
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1}"
if [ "${WITH_VALGRIND:-no}" = yes ]; then
    # Definite leaks only: libgomp keeps "possibly lost" blocks that are not ours.
    under="valgrind -q --trace-children=yes --leak-check=full --show-leak-kinds=definite
        --errors-for-leak-kinds=definite --error-exitcode=99"
    export CK_TIMEOUT_MULTIPLIER=30
fi

add() # passed, failed
{
    passed=$((passed + $1))
    failed=$((failed + $2))
}

# The unit programs, as many at a time as there are cores; each leaves its output
# and its exit status, which are read in order afterwards.
# shellcheck disable=SC2016 # expanded by the inner shell
[ $# -eq 0 ] || printf '%s\n' "$@" | UNDER=$under LOG=$log xargs -P "$(nproc)" -n 1 sh -c '
    name=${1##*/}
    status=0
    $UNDER "$1" >"$LOG/$name.log" 2>&1 </dev/null || status=$?
    echo "$status" >"$LOG/$name.status"' unit
for program; do
    name=${program##*/}
    status=$(cat "$log/$name.status" 2>/dev/null || echo lost)
    # Check's summary: "96%: Checks: 27, Failures: 1, Errors: 0"
    # shellcheck disable=SC2046 # two numbers
    set -- $(awk -F '[:, ]+' '/^[0-9]+%: Checks: [0-9]+, Failures: [0-9]+, Errors: [0-9]+/ {
        good += $3 - $5 - $7; bad += $5 + $7 } END { print good + 0, bad + 0 }' "$log/$name.log")
    # A program that dies, leaks or runs no test at all is a failure of its own.
    if [ "$2" -eq 0 ] && { [ "$status" != 0 ] || [ "$1" -eq 0 ]; }; then
        set -- "$1" 1
        echo "$name: exit status $status after $1 tests" >>"$log/$name.log"
    fi
    add "$1" "$2"
    if [ "$2" -eq 0 ]; then
        echo "$name: $1 passed"
        grep -v -E '^(Running suite|[0-9]+%: Checks)' "$log/$name.log" || true
    else
        echo "$name: $1 passed, $2 FAILED"
        cat "$log/$name.log"
    fi
done

scripts/run_cases.sh --program "$build/maillage" >"$log/cases.log" 2>&1 || true
cat "$log/cases.log"
# shellcheck disable=SC2046
set -- $(sed -nE 's/^cases: ([0-9]+) passed, ([0-9]+) failed, .*/\1 \2/p' "$log/cases.log")
add "${1:-0}" "${2:-1}"

# What users asked for, row by row: each counts as one.
scripts/check_requirements.sh "$build/maillage" >"$log/requirements.log" 2>&1 || true
cat "$log/requirements.log"
# shellcheck disable=SC2046
set -- $(sed -nE 's/^requirements: ([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$log/requirements.log")
add "${1:-0}" "${2:-1}"

if [ -z "$under" ]; then
    for check in layers headers docs; do
        if "scripts/check_$check.sh" >"$log/$check.log" 2>&1; then
            add 1 0
        else
            add 0 1
            echo "FAILED $check"
        fi
        cat "$log/$check.log"
    done
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
