#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles each public header alone, as C11 and as C++11, with every warning an
# error: a user may include any one of them, first, from either language.
set -eu
cd "$(dirname "$0")/.."
cc=${CC:-cc}
cxx=${CXX:-g++}
warn="-Wall -Wextra -Wpedantic -Wshadow -Werror -Iinclude -fsyntax-only"
status=0
count=0
languages="C11 and C++11"

if ! command -v "$cxx" >/dev/null 2>&1; then
    languages="C11 only ($cxx is not installed: C++ not tried)"
    cxx=
fi
for header in include/*.h include/maillage/*.h; do
    count=$((count + 1))
    line="#include \"${header#include/}\""
    # shellcheck disable=SC2086 # a list of options
    echo "$line" | "$cc" -x c -std=c11 -Wstrict-prototypes $warn - || status=1
    # shellcheck disable=SC2086
    [ -z "$cxx" ] || echo "$line" | "$cxx" -x c++ -std=c++11 $warn - || status=1
done
[ "$status" -eq 0 ] || {
    echo "headers: a public header does not compile alone (above)"
    exit 1
}
echo "headers: $count public headers compile alone, as $languages"
