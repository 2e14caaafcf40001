#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves the README's first two commands on a system that has nothing: makes a
# bare Debian (minbase + git, make, ca-certificates) in DIR/root by debootstrap,
# clones HEAD of this repository into it, runs `make run` and `make test` there,
# and prints the times and what apt fetched. Needs root, debootstrap and a network.
#
#   prove_bare.sh DIR                 the whole proof
#   prove_bare.sh DIR --worktree      the files as they are, not HEAD
#   prove_bare.sh DIR --deps          only scripts/install_deps.sh and --test
#
# The mirrors, the release and apt's network settings are those of this machine's
# own apt: none is written here.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
dir=${1:?usage: prove_bare.sh DIR [--worktree|--deps]}
mode=${2:-}
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
root=$dir/root

[ "$(id -u)" -eq 0 ] || {
    echo "prove_bare.sh: debootstrap and chroot take root" >&2
    exit 5
}
[ ! -e "$root" ] || {
    echo "prove_bare.sh: $root exists already; give another folder" >&2
    exit 2
}

# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
# One line an apt source of the distribution itself: "site release component".
# shellcheck disable=SC2016 # apt's own variables
sources=$(apt-get indextargets --format '$(ORIGIN)|$(SITE) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' | sed -nE 's/^(Debian|Ubuntu)\|//p' | sort -u)
mirror=$(echo "$sources" | awk -v name="$codename" '$2 == name {print $1; exit}')
[ -n "$mirror" ] || {
    echo "prove_bare.sh: apt knows no source of $codename; run apt-get update first" >&2
    exit 5
}
settings=$(apt-config dump | grep -E '^Acquire::(http|https|ftp|Check-)' || true)
# debootstrap does not read apt's settings, only the environment.
proxy=$(apt-config shell proxy Acquire::http::Proxy | sed -n "s/^proxy='\(.*\)'$/\1/p")
[ -z "$proxy" ] || export http_proxy="$proxy"

timed() # name, command...: its output to DIR/name.log, its time and fetched MB to stdout
{
    name=$1
    shift
    begin=$(date +%s.%N)
    status=0
    "$@" >"$dir/$name.log" 2>&1 || status=$?
    echo "$begin $(date +%s.%N) $status" |
        awk -v name="$name" '{printf "%-10s %6.1f s   exit %d", name, $2 - $1, $3}'
    awk '/^Need to get /{printf "   apt fetched %s %s", $4, $5}
         END {print ""}' "$dir/$name.log"
    [ "$status" -eq 0 ] || {
        tail -n 40 "$dir/$name.log"
        exit 1
    }
}

timed bootstrap debootstrap --variant=minbase --include=git,make,ca-certificates \
    "$codename" "$root" "$mirror"
echo "$sources" | sed 's/^/deb /' >"$root/etc/apt/sources.list"
echo "$settings" >"$root/etc/apt/apt.conf.d/99host"
cp /etc/resolv.conf "$root/etc/resolv.conf"
# Services must not start in there.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"

trap 'umount "$root/proc" 2>/dev/null || true' EXIT
mount -t proc proc "$root/proc"

case $mode in
--worktree | --deps)
    (cd "$top" && git ls-files -z --cached --others --exclude-standard |
        tar -cf - --null --files-from=- --ignore-failed-read) |
        tar -xf - -C "$root/home" --one-top-level=maillage --no-same-owner
    ;;
*) git clone --quiet --no-hardlinks "$top" "$root/home/maillage" ;;
esac

inside() # a command line, run in the checkout, with nothing of this machine's environment
{
    chroot "$root" /usr/bin/env -i HOME=/root TERM=dumb \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        sh -c "cd /home/maillage && $1"
}

if [ "$mode" = --deps ]; then
    timed deps inside scripts/install_deps.sh
    timed test-deps inside "scripts/install_deps.sh --test"
    timed again inside "scripts/install_deps.sh --test"
    exit 0
fi
timed run inside "make run"
tail -n 4 "$dir/run.log"
timed test inside "make test"
tail -n 1 "$dir/test.log"
timed again inside "make run"
