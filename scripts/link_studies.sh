#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes studies of other people's tables without touching them: for each study of
# tests/studies with a file `links`, DEST/<study>/ gets its study.csv and a symbolic
# link to each table named there.
#
#   link_studies.sh DEST [DATA_DIR]     DATA_DIR: ../shared/data beside the checkout
#
# A study whose tables are not on this machine is skipped, with a message; exit
# status 0 all the same. Run again, it leaves what is there.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
dest=${1:?usage: link_studies.sh DEST [DATA_DIR]}
data=${2:-$top/../shared/data}

if [ ! -d "$data" ]; then
    echo "link_studies.sh: skipped, there is no folder $data"
    exit 0
fi
data=$(cd "$data" && pwd)
mkdir -p "$dest"
for links in "$top"/tests/studies/*/links; do
    folder=${links%/links}
    name=${folder##*/}
    while read -r table; do
        case $table in */*) from=$table ;; *) from=$name/$table ;; esac
        [ -e "$data/$from" ] || {
            echo "link_studies.sh: skipped $name, there is no $data/$from"
            continue 2
        }
    done <"$links"
    mkdir -p "$dest/$name"
    cp "$folder/study.csv" "$dest/$name/study.csv"
    while read -r table; do
        case $table in
        */*) ln -sf "$data/$table" "$dest/$name/${table%%/*}-${table#*/}" ;;
        *) ln -sf "$data/$name/$table" "$dest/$name/$table" ;;
        esac
    done <"$links"
done
