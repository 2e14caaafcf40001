#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the golden commands of tests/cases (its README.md says what a case is) and
# compares output, diagnostics and exit status byte for byte.
#
#   run_cases.sh [--program FILE] [--accept] [CASE...]
#
# --accept rewrites out, err and status of the given cases (of all, without names)
# from what the program does now: read the diff before committing it.
# WITH_VALGRIND=yes in the environment runs each program under valgrind.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
program=$top/build/maillage
accept=no
one=no
while [ $# -gt 0 ]; do
    case $1 in
    --program) program=$(cd "$(dirname "$2")" && pwd)/${2##*/} && shift ;;
    --accept) accept=yes ;;
    --one) one=yes ;; # internal: run one case, print its verdict
    --*)
        echo "usage: run_cases.sh [--program FILE] [--accept] [CASE...]" >&2
        exit 2
        ;;
    *) break ;;
    esac
    shift
done
cd "$top"

# What a case printed, with the folders that differ from run to run made the same.
settled()
{
    sed -e "s|$tmp|\$TMP|g" -e "s|$top|\$TOP|g" "$1"
}

# Runs case $1; leaves what to tell in $results/$1.told and its verdict in $1.verdict.
run_one()
{
    name=$1
    folder=tests/cases/$name
    told=$results/$name.told
    : >"$told"
    if [ -e "$folder/needs" ]; then
        while read -r path; do
            [ -e "$path" ] && continue
            echo "skipped $name: needs $path" >"$told"
            echo skipped >"$results/$name.verdict"
            return
        done <"$folder/needs"
    fi
    tmp=$(mktemp -d)
    status=0
    # A bare environment: no locale, time zone or option of whoever runs the tests.
    env -i PATH="$PATH" HOME="$tmp" LC_ALL=C TZ=UTC ${LOCPATH:+LOCPATH="$LOCPATH"} \
        ${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} \
        MAILLAGE="$program" CASE="$folder" TMP="$tmp" TOP="$top" \
        timeout "${CASE_SECONDS:-120}" sh "$folder/cmd" \
        >"$results/$name.raw_out" 2>"$results/$name.raw_err" </dev/null || status=$?
    settled "$results/$name.raw_out" >"$results/$name.out"
    settled "$results/$name.raw_err" >"$results/$name.err"
    rm -rf "$tmp"

    if [ "$accept" = yes ]; then
        for stream in out err; do # an empty one is said by its absence
            rm -f "$folder/$stream"
            [ ! -s "$results/$name.$stream" ] || cp "$results/$name.$stream" "$folder/$stream"
        done
        rm -f "$folder/status"
        [ "$status" -eq 0 ] || echo "$status" >"$folder/status"
        echo passed >"$results/$name.verdict"
        return
    fi
    verdict=passed
    for stream in out err; do
        expected=$folder/$stream
        [ -e "$expected" ] || expected=/dev/null
        cmp -s "$expected" "$results/$name.$stream" && continue
        verdict=failed
        diff -u --label "$folder/$stream" --label "$stream now" -a \
            "$expected" "$results/$name.$stream" | head -n 60 >>"$told" || true
    done
    expected=0
    [ ! -e "$folder/status" ] || expected=$(cat "$folder/status")
    if [ "$status" != "$expected" ]; then
        verdict=failed
        echo "exit status $status, expected $expected" >>"$told"
    fi
    [ "$verdict" = passed ] || sed -i "1i FAILED case $name ($folder/cmd)" "$told"
    echo "$verdict" >"$results/$name.verdict"
}

if [ "$one" = yes ]; then
    results=$RESULTS
    run_one "$1"
    exit 0
fi

[ -x "$program" ] || {
    echo "run_cases.sh: no program at $program (run make first)" >&2
    exit 2
}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
if [ "${WITH_VALGRIND:-no}" = yes ]; then
    printf '#!/bin/sh\nexec valgrind -q --leak-check=full --show-leak-kinds=definite %s \\\n    %s "$@"\n' \
        "--errors-for-leak-kinds=definite --error-exitcode=99" "$program" >"$results/program"
    chmod +x "$results/program"
    program=$results/program
    export CASE_SECONDS="${CASE_SECONDS:-1800}"
fi
LOCPATH=$(scripts/make_locales.sh)
export LOCPATH RESULTS="$results"

[ $# -gt 0 ] || set -- tests/cases/*/cmd
for path; do
    name=${path#tests/cases/}
    name=${name%/cmd}
    name=${name%/}
    [ -e "tests/cases/$name/cmd" ] && echo "$name"
done >"$results/names"

option=
[ "$accept" = no ] || option=--accept
xargs -P "$(nproc)" -I '{}' "$0" --program "$program" $option --one '{}' <"$results/names"

passed=0 failed=0 skipped=0
while read -r name; do
    cat "$results/$name.told" 2>/dev/null || true
    case $(cat "$results/$name.verdict" 2>/dev/null) in
    passed) passed=$((passed + 1)) ;;
    skipped) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) ;;
    esac
done <"$results/names"
[ "$accept" = no ] || git --no-pager diff --stat -- tests/cases 2>/dev/null || true
echo "cases: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
