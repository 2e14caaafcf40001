#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Opens pages in a headless Chromium and fails when something in them ran that the
# page did not bring itself: a name in a table is text, whatever it says. Then uses a
# report as a reader would (drive_page.py): search, partners, keyboard, zoom, sorting,
# paper, a narrow screen, and no script at all.
#
#   test_browser.sh FILE.html...        pages made elsewhere: hostile names only
#   test_browser.sh --study PROGRAM     reports on a study whose names are hostile,
#                                       then on made ones of 100 and 300 actors, used
#
# A hostile name, if it ran, would change the page's title, mark its first element
# and write to the console; each page is searched for the three, for elements and
# attributes that only such a name can have made, for errors of the page's own
# script and for anything its content policy had to block. A page that *is* hostile
# is opened first, to see that the test would notice.
# Exit status: 0 clean, 1 something ran, 77 no Chromium or no python3 (skipped).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/browser.sh"

if ! browser_program >/dev/null || ! command -v python3 >/dev/null; then
    echo "test_browser.sh: skipped, it takes Chromium and python3 (make deps)"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What a hostile name does when it runs. No comma, so that it needs no CSV quotes.
run="document.title=/hostile/.source;document.documentElement.id=/hostile/.source;console.log(/hostile/.source)"
script="</script><script>$run</script>"
svg="\"><svg onload=\"$run\">"
img="<img src=x onerror=$run>"
close="--></title></style></textarea><svg/onload=$run>"

# opened FILE [TEXT...]: opens it, judges what the browser made of it; each TEXT
# must stand in it literally.
opened()
{
    page=$1
    shift
    browse --enable-logging=stderr --virtual-time-budget=4000 --dump-dom \
        "$(page_address "$page")" >"$work/dom" 2>"$work/console" || {
        echo "$page: the browser failed"
        tail -n 5 "$work/console"
        return 1
    }
    python3 "$here/check_page.py" "$page" "$work/dom" "$work/console" "$@"
}

cat >"$work/control.html" <<END
<!DOCTYPE html><html><head><meta charset="utf-8"><title>control</title></head><body>$img $svg</body></html>
END
opened "$work/control.html" >"$work/told" || true
if ! grep -q "a name ran" "$work/told" || ! grep -q "the title became" "$work/told" ||
    ! grep -q "the console says" "$work/told"; then
    echo "test_browser.sh: a page that is hostile was not found out: the test is blind"
    cat "$work/told"
    exit 1
fi

status=0
if [ "${1:-}" = --study ]; then
    program=$2
    study=$work/study
    mkdir "$study"
    quoted() # a CSV cell
    {
        printf '"%s"' "$(printf '%s' "$1" | sed 's/"/""/g')"
    }
    {
        echo "key,value"
        echo "title,$(quoted "$script$close")"
        echo "date,2024-06-30"
    } >"$study/study.csv"
    {
        echo "id,name,kind,sector,territory"
        echo "a1,$(quoted "$script"),organisation,$(quoted "$img"),T1"
        echo "a2,$(quoted "$svg"),organisation,$(quoted "$img"),T1"
        echo "a3,$(quoted "$img"),organisation,social,T2"
        echo "a4,$(quoted "$close"),organisation,social,T2"
        for other in 5 6 7 8 9 10 11 12; do
            echo "a$other,$(quoted "$other' onmouseover='$run"),organisation,sport,T2"
        done
    } >"$study/actors.csv"
    {
        echo "from,to,kind"
        echo "a1,a2,works_with"
        echo "a2,a3,works_with"
        echo "a3,a4,works_with"
        for other in 5 6 7 8 9 10 11 12; do
            echo "a4,a$other,works_with"
        done
    } >"$study/ties.csv"
    {
        echo "id,name,kind,carrier,territory"
        echo "s1,$(quoted "$script$svg"),cls,a1,T1"
        echo "s2,$(quoted "$img"),clsm,a4,T2"
    } >"$study/schemes.csv"
    {
        echo "id,person,role,scheme,employer,end"
        echo "p1,vacant,coordinator,s1,a1,"
        echo "p2,$(quoted "$img$svg"),coordinator,s2,a4,2024-12-31"
    } >"$study/posts.csv"
    {
        echo "id,name,scale,population"
        echo "T1,$(quoted "$svg"),commune,1000"
        echo "T2,$(quoted "$close"),commune,2000"
        echo "T3,$(quoted "$script"),epci,3000"
    } >"$study/territories.csv"
    {
        echo "territory,unit,share"
        echo "T3,T1,1"
        echo "T3,T2,1"
    } >"$study/perimeters.csv"
    for lang in fr en; do
        for names in "" --names; do
            out=$work/report-$lang$names
            # shellcheck disable=SC2086 # one option or none
            "$program" report "$study" -o "$out" --lang "$lang" $names --draws 99 \
                >"$work/stdout" 2>"$work/stderr" || {
                echo "test_browser.sh: maillage report failed on the hostile study"
                cat "$work/stderr"
                exit 1
            }
            opened "$out/report.html" "$script" "$svg" || status=1
        done
    done

    python3 "$here/drive_page.py" "$(browser_program)" "$program" "$work" || status=1
else
    [ $# -gt 0 ] || {
        echo "usage: test_browser.sh FILE.html... | --study PROGRAM" >&2
        exit 2
    }
    for page; do
        opened "$page" || status=1
    done
fi
[ "$status" -ne 0 ] || echo "browser: nothing ran that should not, the rest works"
exit "$status"
