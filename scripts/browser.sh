# shellcheck shell=sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by screenshot.sh and test_browser.sh: finds a Chromium and runs it once,
# headless, with a profile of its own and everything that would talk to a network
# switched off.

browser_program()
{
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" && return 0
    done
    return 1
}

# browse OPTION... FILE: the last argument is an HTML file.
browse()
{
    browse_profile=$(mktemp -d)
    browse_status=0
    timeout "${BROWSER_SECONDS:-60}" "$(browser_program)" --headless --no-sandbox --disable-gpu \
        --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars \
        --user-data-dir="$browse_profile" "$@" || browse_status=$?
    rm -rf "$browse_profile" 2>/dev/null || true
    return "$browse_status"
}

# The file:// address of a file.
page_address()
{
    echo "file://$(cd "$(dirname "$1")" && pwd)/${1##*/}"
}
