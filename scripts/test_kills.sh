#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Kills a simulation at random moments, by SIGTERM and SIGKILL, and takes it up again from its
# checkpoint until it is done: each time the output must be the bytes of the run that nobody
# interrupted.
#   scripts/test_kills.sh PROGRAM [KILLS [DRAWS [STUDY]]]
set -eu

program=$1
kills=${2:-200}
draws=${3:-4000}
study=${4:-datasets/demo}
work=$(mktemp -d "${TMPDIR:-/tmp}/maillage-kills.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

run() { # $1 output, then options; in the background when told
    out=$1
    shift
    exec "$program" simulate "$study" --quiet --view ties --draws "$draws" --format json "$@" \
        >"$out" 2>>"$work/err"
}

begin=$(date +%s%N)
(run "$work/whole")
took=$((($(date +%s%N) - begin) / 1000000)) # milliseconds
echo "one run: $took ms; $kills kills"

# Numbers that are the same each time the test is run, from a generator of 31 bits: `drawn` is
# one of 0 .. $1 - 1.
seed=20240229
draw() {
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    drawn=$((seed / 65536 % $1))
}

done_kills=0 rounds=0 late=0
while [ "$done_kills" -lt "$kills" ]; do
    rounds=$((rounds + 1))
    rm -f "$work/state"
    alive=yes
    # one kill a round or several, until a run comes to its end
    while [ "$alive" = yes ] && [ "$done_kills" -lt "$kills" ]; do
        draw 2
        signal=$([ "$drawn" = 0 ] && echo TERM || echo KILL)
        draw $((took + took / 4 + 1))
        wait_ms=$drawn
        (run "$work/out" --checkpoint "$work/state") &
        child=$!
        sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
        if kill -s "$signal" "$child" 2>/dev/null; then
            status=0
            wait "$child" 2>/dev/null || status=$?
            case $signal:$status in
                TERM:143 | KILL:137) done_kills=$((done_kills + 1)) ;;
                *:0) late=$((late + 1)) alive=no ;; # it had just ended
                *) echo "kill $done_kills ($signal): exit status $status" >&2
                   cat "$work/err" >&2
                   exit 1 ;;
            esac
        else
            wait "$child" || { echo "an interrupted run failed: $?" >&2; cat "$work/err" >&2; exit 1; }
            late=$((late + 1)) alive=no
        fi
        draw 3
        [ "$drawn" = 0 ] || break # on to the end
    done
    if [ "$alive" = yes ]; then
        (run "$work/out" --checkpoint "$work/state") ||
            { echo "resuming failed: $?" >&2; cat "$work/err" >&2; exit 1; }
    fi
    cmp "$work/whole" "$work/out" || { echo "after $done_kills kills the bytes differ" >&2; exit 1; }
    rm -f "$work"/.maillage.* "$work"/err # what SIGKILL left of a file half written
done
echo "$done_kills kills in $rounds runs ($late ended before their kill): always the same bytes"
