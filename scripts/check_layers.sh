#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when a file of src/ sees a header that its folder may not see, by whatever
# way: what is judged is the compiler's own list of every header read (`cc -M`),
# so an angle bracket, a relative path or a header behind a header hides nothing.
#
# Environment: CC, CPPFLAGS (where the libraries' headers are).
set -eu
cd "$(dirname "$0")/.."

# The order of the layers IS the architecture: a folder sees itself and what is
# left of it. The program (cli) sees the public headers and itself, nothing else.
order="base model ingest graph measure finding report export cli"

# What each folder may see of the libraries, beside the C library (below).
libraries="
base     gsl/gsl_rng.h gsl/gsl_errno.h gsl/gsl_types.h gsl/gsl_inline.h
base     utf8proc.h nettle/ omp.h
ingest   csv.h iconv.h
graph    igraph/ gsl/ omp.h
measure  igraph/ gsl/ omp.h
report   jansson.h jansson_config.h
export   jansson.h jansson_config.h sqlite3.h xlsxwriter.h xlsxwriter/
cli      getopt.h
"

# Public headers are of the layer they are named after (include/maillage/model.h is
# the model's); these have other names.
public="
error run text version                                    base
territory                                                 model
schema                                                    model
measures access broker coordination depend fit gap governance missing mitigation network players position quality robustness scale scheme silo simulation turnover twomode waves workload measure
"

# The C library as far as we use it: whole folders of its internals, and each
# header by name. Not in it on purpose: netdb.h, sys/socket.h and their kin (the
# program never talks to a network), getopt.h and iconv.h (above).
libc="bits/ gnu/ asm/ asm-generic/ linux/
alloca.h assert.h ctype.h dirent.h endian.h errno.h fcntl.h features.h features-time64.h fenv.h
float.h inttypes.h limits.h locale.h math.h pthread.h sched.h signal.h stdatomic.h stdalign.h
stdarg.h stdbool.h stddef.h stdc-predef.h stdint.h stdio.h stdio_ext.h stdlib.h string.h strings.h
syslimits.h time.h ucontext.h unistd.h wchar.h wctype.h
sys/cdefs.h sys/file.h sys/mman.h sys/random.h sys/resource.h sys/select.h sys/stat.h sys/time.h
sys/types.h sys/ucontext.h sys/wait.h"

status=0
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT

# One line a (file, header) pair; a file that does not compile fails here.
# shellcheck disable=SC2016 # expanded by the inner shell
printf '%s\n' src/*/*.c | CC=${CC:-cc} FOUND=$found CPPFLAGS=${CPPFLAGS:-} \
    xargs -P "$(nproc)" -n 8 sh -c '
    for file; do
        # shellcheck disable=SC2086
        list=$FOUND/$(echo "$file" | tr / _)
        $CC -std=c11 -D_GNU_SOURCE -fopenmp -Iinclude -Isrc $CPPFLAGS -M -MF "$list.d" "$file" || exit 255
        tr -s " \\\\\n" "\n\n\n" <"$list.d" | sed -e "/:\$/d" -e "/^\$/d" -e "s|^|$file |" >"$list.seen"
    done' layers || exit 1

cat "$found"/*.seen | awk -v order="$order" -v libraries="$libraries" -v public="$public" -v libc="$libc" '
function listed(list, header,    i, n, part) {
    n = split(list, part, /[ \n]+/)
    for (i = 1; i <= n; i++)
        if (part[i] != "" && (header == part[i] || (part[i] ~ /\/$/ && index(header, part[i]) == 1)))
            return 1
    return 0
}
BEGIN {
    n = split(order, folder, " ")
    for (i = 1; i <= n; i++) rank[folder[i]] = layer_of[folder[i]] = i
    top = n
    m = split(libraries, line, "\n")
    for (i = 1; i <= m; i++) {
        split(line[i], word, " ")
        allowed[word[1]] = allowed[word[1]] " " substr(line[i], length(word[1]) + 1)
    }
    m = split(public, line, "\n")
    for (i = 1; i <= m; i++) {
        n = split(line[i], word, " ")
        for (j = 1; j < n; j++) layer_of[word[j]] = rank[word[n]]
    }
    layer_of["maillage"] = top # the umbrella is for users of the library
}
{
    file = $1; header = $2
    split(file, part, "/"); here = part[2]
    if (!(here in rank)) { bad(here " is not a layer"); next }
    while (sub(/[^\/.]+\/\.\.\//, "", header)) {} # a/../b is b
    sub(/^(\.\/)+/, "", header)
    if (header == file) next
    if (header ~ /^src\//) {
        split(header, part, "/")
        if (header ~ /\.def$/ || header ~ /\.h$/ || header ~ /\.c$/) {
            if (here == "cli" ? part[2] != "cli" : !(part[2] in rank) || rank[part[2]] > rank[here])
                bad(header)
        }
    } else if (header ~ /^include\//) {
        name = header; sub(/^.*\//, "", name); sub(/\.h$/, "", name)
        if (!(name in layer_of)) bad(header " (of no layer: name it in the table `public` of this script)")
        else if (layer_of[name] > rank[here]) bad(header)
    } else {
        name = header
        sub(/^.*\/gcc\/[^\/]+\/[0-9.]+\/include\//, "", name)   # stddef.h and the like
        sub(/^.*\/clang\/[0-9.]+\/include\//, "", name)
        sub(/^\/usr(\/local)?\/include\/([a-z0-9_]+-linux-gnu[a-z0-9]*\/)?/, "", name)
        # instructions of the processor: immintrin.h and the headers it is made of
        if (name ~ /^(imm|[a-z0-9]*)intrin\.h$/ || name ~ /^(mm_malloc|cpuid)\.h$/) next
        if (!listed(libc, name) && !listed(allowed[here], name)) bad(name)
    }
}
function bad(what,    group) {
    group = what # one line a library, not one for each of its headers
    if (what !~ /^(src|include)\//) sub(/\/.*$/, "/", group)
    failed = 1
    if ((file, group) in told) return
    told[file, group] = 1
    printf "%s: sees %s, which %s/ may not\n", file, what, here
}
END { exit failed }
' || status=1

if [ "$status" -ne 0 ]; then
    echo "layers: the order is: $order (scripts/check_layers.sh has the allow-list)"
    exit 1
fi
echo "layers: $(find "$found" -name '*.seen' | wc -l) files see only what they may"
