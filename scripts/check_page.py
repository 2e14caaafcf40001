#!/usr/bin/env python3
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges a page as a browser left it (called by test_browser.sh).

    check_page.py SOURCE DOM CONSOLE [TEXT...]

SOURCE is the page as it was written, DOM the browser's --dump-dom after the
page's script has run, CONSOLE the browser's log; each TEXT must be readable in
the page, letter for letter. Prints what is wrong; exit status 1 if anything is.
"""

import html.parser
import re
import sys

# Elements a report is never made of: only markup inside a name can bring them.
FOREIGN = {"img", "iframe", "object", "embed", "video", "audio", "base", "link", "form"}
# What a browser says on its console when a script failed or a policy blocked something.
COMPLAINT = re.compile(r"Uncaught|Refused to|Content Security Policy|ERR_")


class Page(html.parser.HTMLParser):
    """Elements, attributes, text and title of a page."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.text = []
        self.title = ""
        self._inside = []
        with open(path, encoding="utf-8", errors="replace") as file:
            self.feed(file.read())
        self.close()
        self.text = "".join(self.text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in ("title", "script", "style"):
            self._inside.append(tag)

    def handle_endtag(self, tag):
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data):
        # The first title is the page's; those of an SVG are texts of the page.
        if self._inside and self._inside[-1] == "title":
            if not self.title:
                self.title = data
            self.text.append(data)
        elif not self._inside:
            self.text.append(data)


def faults(source, dom, console, texts):
    """Yields one line for each thing that is wrong."""
    if dom.title != source.title:
        yield f"the title became {dom.title!r}"
    for tag, attributes in dom.elements:
        if tag == "html" and attributes.get("id") == "hostile":
            yield "a name ran: it marked the page"
        if tag in FOREIGN:
            yield f"an element <{tag}> that no report has"
        for name in attributes:
            if name.startswith("on"):
                yield f"an attribute {name} on <{tag}>"
            if name == "style":
                yield f"a style attribute on <{tag}>: the content policy drops it"
        for name in ("src", "href", "action"):
            address = attributes.get(name) or ""
            if re.match(r"\s*(javascript|https?|ftp|data):", address, re.I) and name != "href":
                yield f"<{tag}> loads {address[:60]!r}"
            if re.match(r"\s*(javascript|data):", address, re.I):
                yield f"<{tag}> leads to {address[:60]!r}"
    scripts = [sum(tag == "script" for tag, _ in page.elements) for page in (source, dom)]
    if scripts[0] != scripts[1]:
        yield f"{scripts[1]} scripts where the page has {scripts[0]}"
    for line in console:
        # The browser's log also tells of its own affairs; the page's lines say CONSOLE.
        if "CONSOLE" in line and ("hostile" in line or COMPLAINT.search(line)):
            yield f"the console says: {line.strip()[:200]}"
    flat = " ".join(dom.text.split())
    for text in texts:
        if " ".join(text.split()) not in flat:
            yield f"this text is not in the page: {text!r}"


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    source, dom = Page(sys.argv[1]), Page(sys.argv[2])
    with open(sys.argv[3], encoding="utf-8", errors="replace") as file:
        console = file.readlines()
    found = sorted(set(faults(source, dom, console, sys.argv[4:])))
    for fault in found:
        print(f"{sys.argv[1]}: {fault}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
