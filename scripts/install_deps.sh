#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the Debian or Ubuntu packages that maillage is built with: only those
# that are missing, saying which. Silent when nothing is.
#
#   install_deps.sh          what `make` needs (85 MB to fetch on a bare system, of
#                            which the compiler is 51 and libigraph-dev 27: it
#                            drags in libxml2-dev and libicu-dev)
#   install_deps.sh --test   and what `make test` needs (4.5 MB more)
#   install_deps.sh --dev    and what the other targets need (350 MB more: a
#                            browser, clang, valgrind ...)
#   install_deps.sh --list   prints the names and installs nothing; goes with the
#                            other options
#
# Exit status: 0 all is there, 2 usage, 5 something is missing and cannot be installed.
set -eu

build="gcc libc6-dev make pkg-config
    libigraph-dev libgsl-dev libcsv-dev libjansson-dev libutf8proc-dev nettle-dev libsqlite3-dev"
# locales: the sources of the Turkish and French locales, under which outputs
# must not change by a byte; the tests compile them in the build folder.
test="check locales"
dev="g++ clang clang-tidy clang-format libomp-dev cppcheck valgrind lcov shellcheck
    chromium fonts-dejavu-core debootstrap python3-networkx python3-igraph
    python3-scipy r-cran-sna r-cran-igraph r-cran-vegan"

usage()
{
    echo "usage: $0 [--test] [--dev] [--list]" >&2
    exit 2
}

packages=$build
list=no
for option; do
    case $option in
    --test) packages="$packages $test" ;;
    --dev) packages="$packages $test $dev" ;;
    --list) list=yes ;;
    *) usage ;;
    esac
done

if [ "$list" = yes ]; then
    # shellcheck disable=SC2086 # a list of names, on purpose
    printf '%s\n' $packages
    exit 0
fi

give_up()
{
    {
        echo "install_deps.sh: $1"
        # shellcheck disable=SC2086
        echo "Needed, by their Debian names:" $missing
        echo "Install them by hand (other systems have them under similar names), then run make again."
    } >&2
    exit 5
}

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    # Not a Debian: someone may have installed the same libraries by other means.
    missing=$packages
    if command -v pkg-config >/dev/null 2>&1 &&
        pkg-config --exists igraph gsl jansson libutf8proc nettle sqlite3; then
        exit 0
    fi
    give_up "this system has no apt; only Debian and Ubuntu are set up by this script."
fi

# One dpkg-query for all: 0.02 s, so that `make run` may call this each time.
# shellcheck disable=SC2016,SC2086 # ${...} is dpkg-query's own; the list is split on purpose
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $packages 2>/dev/null || true)
missing=
for package in $packages; do
    case "
$installed
" in
    *"
installed $package
"*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 ||
        give_up "installing packages takes root, and there is no sudo here."
    as_root=sudo
fi

echo "Installing with apt:$missing"
# shellcheck disable=SC2086 # no word when already root
$as_root apt-get -q -o DPkg::Lock::Timeout=300 update ||
    echo "install_deps.sh: apt-get update failed (above); going on with the lists there are" >&2
# shellcheck disable=SC2086 # and a list of names
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
    install --no-install-recommends $missing ||
    give_up "apt-get install failed: its message is above (no network? no rights?)."
