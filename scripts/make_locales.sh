#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles the French and Turkish locales into build/locales (nothing is installed)
# and prints the LOCPATH to find them. Under them a point becomes a comma and `i`
# no longer has `I` as its capital: results must not change by a byte. Prints
# nothing where the locale sources (package locales) are absent.
set -eu
cd "$(dirname "$0")/.."
here=$PWD/build/locales

command -v localedef >/dev/null 2>&1 || exit 0
for locale in fr_FR tr_TR; do
    [ -e "$here/$locale.UTF-8" ] && continue
    [ -e "/usr/share/i18n/locales/$locale" ] || exit 0
    mkdir -p "$here"
    # Made aside, then renamed: two suites may start at once.
    aside=$(mktemp -d "$here/.new.XXXXXX")
    localedef -i "$locale" -f UTF-8 "$aside/$locale.UTF-8" 2>/dev/null || true
    mv -T "$aside/$locale.UTF-8" "$here/$locale.UTF-8" 2>/dev/null || true
    rm -rf "$aside"
done
echo "$here:/usr/lib/locale"
