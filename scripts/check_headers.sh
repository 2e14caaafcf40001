#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
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
alone() # compiler, options...: the header and a declaration (a unit of macros only is empty)
{
    # shellcheck disable=SC2086 # a list of options
    printf '#include "%s"\nextern int the_end;\n' "${header#include/}" | "$@" $warn - || {
        echo "$header does not compile alone with $1"
        status=1
    }
}

for header in include/*.h include/maillage/*.h; do
    count=$((count + 1))
    alone "$cc" -x c -std=c11 -Wstrict-prototypes
    [ -z "$cxx" ] || alone "$cxx" -x c++ -std=c++11
done
[ "$status" -eq 0 ] || exit 1
echo "headers: $count public headers compile alone, as $languages"
