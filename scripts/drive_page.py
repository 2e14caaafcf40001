#!/usr/bin/env python3
# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses a report as a reader would, in a headless Chromium (called by test_browser.sh).

    drive_page.py CHROMIUM PROGRAM FOLDER

Makes studies of 100 and 300 actors in FOLDER and lets PROGRAM report on them; then searches
without accents, chooses, walks the dots by keyboard, zooms, sorts and filters tables, measures
the boxes of all labels at two widths, prints, and opens the page again without script. Prints
what is wrong; exit status 1 if anything is. Speaks the browser's own protocol over a pipe:
nothing is added to the page, and its content policy stands.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib


class Browser:
    """One Chromium with one page, driven over a pipe."""

    def __init__(self, program):
        self.profile = tempfile.mkdtemp()
        here, self.to = os.pipe()
        self.back, there = os.pipe()
        self.process = subprocess.Popen(
            ["sh", "-c", 'exec "$@" 3<&%d 4>&%d' % (here, there), "sh", program, "--headless",
             "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--disable-dev-shm-usage", "--user-data-dir=" + self.profile,
             "--remote-debugging-pipe", "about:blank"],
            pass_fds=(here, there), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(here)
        os.close(there)
        self.rest, self.number, self.events, self.session = b"", 0, [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")

    def read(self):
        while b"\0" not in self.rest:
            more = os.read(self.back, 1 << 16)
            if not more:
                raise RuntimeError("the browser went away")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        order = {"id": self.number, "method": method, "params": params}
        if self.session:
            order["sessionId"] = self.session
        data = json.dumps(order).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(method + ": " + answer["error"]["message"])
                return answer["result"]
            self.events.append(answer)

    def open(self, path):
        self.events.clear()
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self.read())

    def ask(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:400])
        return answer["result"].get("value")

    def key(self, name, text=""):
        for kind in ("keyDown", "keyUp"):
            more = {"text": text} if text and kind == "keyDown" else {}
            code = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowRight": 39,
                    "End": 35}.get(name, 0)
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name,
                      windowsVirtualKeyCode=code, **more)

    def size(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 600)

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (RuntimeError, OSError):
            self.process.kill()
        self.process.wait(timeout=20)
        shutil.rmtree(self.profile, ignore_errors=True)


# Boxes of the names that show, and what they meet: another name, a dot, the frame.
BOXES = """(() => {
  const svg = document.querySelector('svg.network'), faults = [];
  const shows = (e) => e.getClientRects().length > 0;
  const seen = svg.parentElement.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')].filter((t) => shows(t) &&
    t.closest('[stroke="#fff"]') === null);
  const boxes = texts.map((t) => [t.textContent, t.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right - .5 && b.left < a.right - .5 && a.top < b.bottom - .5 &&
    b.top < a.bottom - .5;
  const tighter = (b) => ({left: b.left, right: b.right, top: b.top + b.height * .1,
    bottom: b.bottom - b.height * .1});  // a line's box is higher than its letters
  const dots = [...svg.querySelectorAll('.dots circle, .dots path')].map((d) =>
    d.getBoundingClientRect());
  boxes.forEach(([name, whole], i) => {
    const box = tighter(whole);
    if (box.left < seen.left - 1 || box.right > seen.right + 1 || box.top < seen.top - 1 ||
        box.bottom > seen.bottom + 1) faults.push(`"${name}" leaves the frame`);
    boxes.slice(i + 1).forEach(([other, b]) => {
      if (meet(box, tighter(b))) faults.push(`"${name}" meets "${other}"`);
    });
    dots.forEach((dot) => {
      const d = {left: dot.left + dot.width * .25, right: dot.right - dot.width * .25,
        top: dot.top + dot.height * .25, bottom: dot.bottom - dot.height * .25};
      if (meet(box, d)) faults.push(`"${name}" hides a dot`);
    });
  });
  return {faults, names: boxes.length,
    smallest: Math.min(...texts.map((t) => parseFloat(getComputedStyle(t).fontSize) *
      svg.getScreenCTM().a))};
})()"""

WORDS = """[...document.querySelectorAll('main section')].map((s) =>
  [s.id, s.querySelectorAll('table').length, s.querySelectorAll('svg').length,
   [...s.querySelectorAll('td, th, p, li')].filter((e) =>
     !e.closest('.finder') && e.getClientRects().length).length])"""


def check_search(browser, name, words, sector, partners):
    """Typing without accents finds an actor; choosing it lights its partners."""
    ask = browser.ask
    if ask("document.querySelector('.finder').hidden"):
        yield "the search is hidden although there is a script"
    ask("document.querySelector('#find').focus()")
    browser.call("Input.insertText", text=words)
    if ask("document.querySelector('#found').hidden"):
        yield f"searching {words!r} shows nothing"
    if not re.match(r"\d", ask("document.querySelector('.finder .count').textContent")):
        yield "the number of actors found is not told"
    if ask("document.querySelector('.finder .count').getAttribute('role')") != "status":
        yield "the number of actors found is not announced"
    browser.key("ArrowDown")
    first = ask("document.querySelector('#found [aria-selected=true]')?.textContent") or ""
    if not first.startswith(name) or sector not in first:
        yield f"the first of the results is {first!r}, not {name!r} ({sector})"
    if not ask("document.getElementById(document.querySelector('#find')"
               ".getAttribute('aria-activedescendant')) !== null"):
        yield "the field does not point to the option chosen by the arrow keys"
    browser.key("Enter")
    lit = ask("[...document.querySelectorAll('.dots .lit')].length")
    if lit != partners + 1:
        yield f"{lit} dots are lit, not {partners} partners and their actor"
    own = ask("document.querySelector('.dots .own title')?.textContent") or ""
    if name not in own:
        yield f"the dot of {name!r} is not marked but that of {own!r}"
    drawn = ask("document.querySelector('.lit-ties').getAttribute('d').split('M').length - 1")
    if drawn != partners:
        yield f"{drawn} ties are lit, not {partners}"
    listed = ask("document.querySelectorAll('.chosen dd button').length")
    if listed != partners:
        yield f"{listed} partners are listed, not {partners}"
    both = ask("""(() => {
      const listed = new Set([...document.querySelectorAll('.chosen dd button')].map(
        (b) => b.textContent));
      const lit = [...document.querySelectorAll('.dots .lit:not(.own) title')];
      return lit.every((t) => [...listed].some((n) => t.textContent.startsWith(n)));
    })()""")
    if not both:
        yield "the dots lit are not the partners listed"
    browser.key("Escape")
    if ask("document.querySelectorAll('.dots .lit').length") != 0:
        yield "Escape does not put the lights out"


def check_dots(browser):
    """One dot is in the order of the tab key, arrows walk, Enter chooses."""
    ask = browser.ask
    if ask("document.querySelectorAll('.dots [tabindex=\"0\"]').length") != 1:
        yield "not exactly one dot is in the order of the tab key"
    ask("document.querySelector('.dots [tabindex=\"0\"]').focus()")
    number = ("[...document.querySelectorAll('.dots title')].map((t) => t.parentElement)"
              ".indexOf(document.activeElement)")
    before = ask(number)
    browser.key("ArrowRight")
    if ask(number) != before + 1:
        yield f"the arrow key leads from dot {before} to dot {ask(number)}"
    told = ask("document.querySelector('.finder .detail').textContent")
    if ask("document.activeElement.querySelector('title').textContent.split(' (')[0]") not in told:
        yield "the detail is not told of the dot with the focus"
    browser.key("Enter", "\r")
    if ask("document.activeElement.getAttribute('aria-pressed')") != "true":
        yield "Enter does not choose the dot"
    browser.key("Tab")
    if ask("document.activeElement.closest('.dots') !== null"):
        yield "the tab key does not leave the dots"
    ask("document.querySelector('.dots [tabindex=\"0\"]').focus()")
    browser.key("Escape")
    if ask("document.querySelector('.chosen').hidden") is not True:
        yield "Escape leaves an actor chosen"


def check_zoom(browser):
    """Buttons and Ctrl with the wheel make it larger; the wheel alone does not."""
    ask = browser.ask
    size = "document.querySelector('svg.network').getAttribute('viewBox').split(' ').map(Number)[2]"
    ask("document.querySelector('[data-zoom=\"1.4\"]').click()")
    if not ask(size) < 1000:
        yield "the button + does not enlarge"
    ask("document.querySelector('[data-zoom=\"0\"]').click()")
    if ask(size) != 1000:
        yield "the reset does not show all again"
    for modifiers, larger in ((0, False), (2, True)):
        ask("document.querySelector('svg.network').scrollIntoView()")
        box = ask("JSON.parse(JSON.stringify(document.querySelector('svg.network')"
                  ".getBoundingClientRect()))")
        browser.call("Input.dispatchMouseEvent", type="mouseWheel", deltaX=0, deltaY=-120,
                     x=box["left"] + 200, y=max(box["top"], 0) + 200, modifiers=modifiers)
        ask("new Promise((done) => setTimeout(done, 120))")
        if (ask(size) < 1000) != larger:
            yield "the wheel enlarges without Ctrl" if larger is False else "Ctrl and the wheel do not enlarge"
    ask("document.querySelector('[data-zoom=\"0\"]').click()")


# The head of the first column of numbers of the first table that has one (class nK).
NUMBERS = """((t) => t.tHead.rows[0].cells[t.className.match(/\\bn(\\d+)/)[1] - 1])(
  [...document.querySelectorAll('table.sortable')].find((t) => /\\bn\\d/.test(t.className)))"""


def check_tables(browser):
    """A click on a heading sorts by it and says so; a filter hides rows."""
    ask = browser.ask
    for times, wanted in ((1, "descending"), (2, "ascending")):
        ask(f"{NUMBERS}.querySelector('button').click()")
        said = ask(f"{NUMBERS}.getAttribute('aria-sort')")
        if said != wanted:
            yield f"after {times} click(s) aria-sort is {said!r}, not {wanted!r}"
        values = ask("""(() => { const head = %s, comma = document.documentElement.lang === 'fr';
          return [...head.closest('table').tBodies[0].rows].map((r) =>
            r.cells[head.cellIndex].textContent.replace(/[\\s%%]/g, '').replace('\u2212', '-')
              .replace(/,/g, comma ? '.' : ''))
            .filter((v) => v !== '' && !Number.isNaN(Number(v))).map(Number); })()""" % NUMBERS)
        if values != sorted(values, reverse=wanted == "descending") or len(values) < 3:
            yield f"{wanted}: the rows are not in order: {values[:6]}"
    filtered = ask("""(() => { const f = document.querySelector('.filter input');
      if (!f) return null;
      const rows = [...f.closest('.filter').nextElementSibling.querySelectorAll('tbody tr')];
      f.value = rows[0].cells[0].textContent; f.dispatchEvent(new Event('input'));
      const left = rows.filter((r) => !r.hidden).length;
      f.value = ''; f.dispatchEvent(new Event('input'));
      return [rows.length, left, rows.filter((r) => !r.hidden).length]; })()""")
    if filtered and not (1 <= filtered[1] < filtered[0] == filtered[2]):
        yield f"the filter of a table left {filtered[1]} of {filtered[0]} rows, then {filtered[2]}"


def check_labels(browser):
    """No name meets another, hides a dot or leaves the frame; all are readable."""
    for width, least in ((1280, 9.0), (390, 11.0)):
        browser.size(width, 900)
        told = browser.ask(BOXES)
        for fault in told["faults"][:5]:
            yield f"{width} px: {fault}"
        if told["names"] < 2:
            yield f"{width} px: {told['names']} names on the drawing"
        if told["smallest"] < least:
            yield f"{width} px: letters of {told['smallest']:.1f} px"
        over = browser.ask("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            yield f"{width} px: the page is {over} px too wide"
    browser.size(1280, 900)


def check_print(browser):
    """Paper has pages with something on them, and no controls."""
    browser.call("Emulation.setEmulatedMedia", media="print")
    if browser.ask("document.querySelector('.finder').getClientRects().length") != 0:
        yield "the search is printed"
    browser.call("Emulation.setEmulatedMedia", media="")
    pdf = base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True)["data"])
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    marks = 0
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        try:
            marks += len(re.findall(rb"\bT[jJ]\b|\bf\b", zlib.decompress(stream)))
        except zlib.error:
            pass
    if pages < 2 or marks < 200:
        yield f"printed: {pages} pages with {marks} texts and shapes"


def check_quiet(browser):
    """No error, nothing blocked by the policy, no request but the page itself."""
    for event in browser.events:
        method, params = event.get("method"), event.get("params", {})
        if method == "Runtime.exceptionThrown":
            yield "script: " + json.dumps(params["exceptionDetails"])[:300]
        if method == "Log.entryAdded" and params["entry"]["level"] == "error":
            yield "log: " + params["entry"]["text"][:300]
        if method == "Network.requestWillBeSent":
            address = params["request"]["url"]
            if params.get("type") != "Document" or not address.startswith("file:"):
                yield "request: " + address[:200]


def faults(browser, page, name, words, sector, partners):
    """Yields one line for each thing that is wrong."""
    browser.size(1280, 900)
    browser.open(page)
    before = browser.ask(WORDS)
    yield from check_labels(browser)
    yield from check_search(browser, name, words, sector, partners)
    yield from check_dots(browser)
    yield from check_zoom(browser)
    yield from check_tables(browser)
    yield from check_print(browser)
    yield from check_quiet(browser)
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    after = browser.ask(WORDS)
    for with_script, without in zip(before, after):
        if with_script[:3] != without[:3] or without[3] < with_script[3]:
            yield f"without script: {without} where there was {with_script}"
    if browser.ask("document.querySelector('.finder').getClientRects().length") != 0:
        yield "without script: the search shows although it cannot work"
    if not browser.ask("document.querySelector('svg.network').getBoundingClientRect().height > 100"):
        yield "without script: there is no drawing"
    if name not in browser.ask("document.querySelector('.actors').textContent"):
        yield "without script: the list of actors lacks " + name


NUMBER = 4  # a "Collège" (4 % 4 = 0) in education (4 * 4 % 7 = 2)
ACTOR, TYPED = "Collège 4 de Condé-en-Normandie", "college 4 de COND"
SECTORS = ["hospital", "social", "education", "housing", "employment", "sport", "security"]
KINDS = ["Collège", "Mission locale", "Maison de santé pluriprofessionnelle", "CCAS"]


def make_study(folder, n, m):
    """n actors, of whom the last tenth has no tie, and m ties by counting; who is tied to whom."""
    os.makedirs(folder)
    ties, tied, step = set(), n - n // 10, 0
    while len(ties) < m:
        a, b = step % tied, step * 7 // 3 % (1 + step % tied)
        if a != b:
            ties.add((min(a, b), max(a, b)))
        step += 1
    with open(folder + "/actors.csv", "w", encoding="utf-8") as file:
        file.write("id,name,kind,sector\n")
        for i in range(n):
            file.write(f"a{i},{KINDS[i % 4]} {i} de Condé-en-Normandie,organisation,"
                       f"{SECTORS[i * i % 7]}\n")
    with open(folder + "/ties.csv", "w", encoding="utf-8") as file:
        file.write("from,to,kind\n")
        for a, b in sorted(ties):
            file.write(f"a{a},a{b},works_with\n")
    return ties


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    chromium, program, folder = sys.argv[1:]
    found = []
    for n, m, language, sector in ((100, 260, "fr", "éducation"), (300, 900, "en", "education")):
        study, out = f"{folder}/made-{n}", f"{folder}/made-{n}-report"
        ties = make_study(study, n, m)
        subprocess.run([program, "report", study, "-o", out, "--lang", language, "--draws", "99",
                        "-q"], check=True, stdout=subprocess.DEVNULL)
        page = out + "/report.html"
        if os.path.getsize(page) > 250000:
            found.append(f"{page}: {os.path.getsize(page)} bytes, more than 250,000")
        browser = Browser(chromium)
        try:
            found += [f"{page}: {fault}" for fault in faults(
                browser, page, ACTOR, TYPED, sector, sum(NUMBER in tie for tie in ties))]
        finally:
            browser.close()
    for fault in found:
        print(fault)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
