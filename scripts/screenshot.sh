#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures a page as a browser shows it, or as it comes out on paper.
#
#   screenshot.sh FILE.html OUT.png [WIDTH [HEIGHT]]     in pixels, 1280 x 900
#   screenshot.sh FILE.html OUT.pdf
#
# Exit status: 77 where there is no Chromium.
set -eu
# shellcheck source=/dev/null
. "$(dirname "$0")/browser.sh"

page=${1:?usage: screenshot.sh FILE.html OUT.png|OUT.pdf [WIDTH [HEIGHT]]}
out=${2:?usage: screenshot.sh FILE.html OUT.png|OUT.pdf [WIDTH [HEIGHT]]}
browser_program >/dev/null || {
    echo "screenshot.sh: skipped, Chromium is not installed (make deps)" >&2
    exit 77
}
case $out in
*.pdf) set -- --print-to-pdf="$out" --no-pdf-header-footer ;;
*.png) set -- --screenshot="$out" --window-size="${3:-1280},${4:-900}" ;;
*)
    echo "screenshot.sh: $out is neither .png nor .pdf" >&2
    exit 2
    ;;
esac
browse "$@" --virtual-time-budget=3000 "$(page_address "$page")" 2>"$out.log" || {
    cat "$out.log" >&2
    rm -f "$out.log"
    exit 4
}
rm -f "$out.log"
[ -s "$out" ] || {
    echo "screenshot.sh: the browser wrote nothing to $out" >&2
    exit 4
}
