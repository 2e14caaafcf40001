#!/bin/sh
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the words of a report's page, one block a line, without drawing, style and script,
# with the version and the fingerprints made the same: for golden commands and for diffs.
#
#   page_text.sh REPORT.html
set -eu

LC_ALL=C awk '
    /<style>/ { skip = "</style>" }
    /<svg/ { skip = "</svg>" }
    /<script>/ { skip = "</script>" }
    skip == "" { print }
    skip != "" && index($0, skip) { sub(".*" skip, ""); skip = ""; print }
' "${1:?usage: page_text.sh REPORT.html}" |
    sed -E -e 's#</(li|summary|b|span|a)># #g' -e 's#<(td|th|dt|dd|li)[ >]# &#g' -e 's#<br>#; #g' \
        -e 's/<[^>]*>//g' \
        -e 's/[0-9a-f]{64}/SHA-256/g' -e 's/maillage [0-9]+\.[0-9]+\.[0-9]+/maillage VERSION/g' \
        -e 's/&#39;/'"'"'/g' -e 's/&quot;/"/g' -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g' \
        -e 's/  +/ /g' -e 's/^ //' -e 's/ $//' |
    grep -v '^$'
