// The page is complete without this: it sorts and filters tables, filters findings, and
// finds actors on the drawing of the network.
'use strict';
(() => {
  const language = document.documentElement.lang;
  const finder = document.querySelector('.finder');
  // "Collège" and "college", "œuvre" and "oeuvre" are the same to who searches
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim();
  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };

  // ---- tables
  // "1 234,5", "1,234.5", "−12 %", "< 0.001": as the page's language writes numbers
  const number = (text) => {
    const bare = text.replace(/\s/g, '').replace(/^[<≤]/, '').replace('−', '-')
      .replace(/,/g, language === 'fr' ? '.' : '');
    return /^-?\d+(\.\d+)?(e[+-]?\d+)?%?$/.test(bare)
      ? parseFloat(bare) / (bare.endsWith('%') ? 100 : 1) : NaN;
  };
  const value = (row, column) => {
    const cell = row.cells[column], text = cell.textContent.trim();
    const known = cell.dataset.v === undefined ? number(text) : Number(cell.dataset.v);
    return Number.isNaN(known) ? text : known;
  };
  const compare = (a, b) => {
    const numbers = typeof a === 'number' && typeof b === 'number';
    if (numbers) return a - b;
    return typeof a === 'number' ? -1 : typeof b === 'number' ? 1 : a.localeCompare(b, language);
  };
  for (const table of document.querySelectorAll('table.sortable')) {
    const heads = [...table.tHead.rows[0].cells], bodies = [...table.tBodies];
    const sizes = bodies.map((body) => body.rows.length), all = () => bodies.flatMap((body) => [...body.rows]);
    heads.forEach((head, column) => {
      const numeric = table.classList.contains(`n${column + 1}`);
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const up = head.getAttribute('aria-sort') === 'descending' ||
          (head.getAttribute('aria-sort') === null && !numeric);
        heads.forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const rows = all().sort((a, b) =>
          compare(value(a, column), value(b, column)) * (up ? 1 : -1));
        bodies.forEach((body, i) => body.append(...rows.splice(0, sizes[i])));
      });
    });
    if (finder && all().length > 12) {
      const label = make('label', finder.dataset.filter + ' ', 'filter');
      const field = label.appendChild(make('input'));
      field.type = 'search';
      (table.closest('.scroll') ?? table).before(label);
      field.addEventListener('input', () => {
        const wanted = plain(field.value);
        table.classList.toggle('filtered', wanted !== ''); // searches folded rows too
        for (const row of all()) row.hidden = !plain(row.textContent).includes(wanted);
      });
    }
  }

  // ---- findings
  const bar = document.querySelector('.filters');
  if (bar) {
    const findings = [...document.querySelectorAll('.finding')];
    const choices = [...bar.querySelectorAll('select')];
    const apply = () => findings.forEach((finding) => {
      finding.hidden = choices.some((choice) =>
        choice.value !== '' && finding.dataset.kind !== choice.value &&
        !finding.classList.contains(choice.value));
    });
    choices.forEach((choice) => choice.addEventListener('change', apply));
    bar.hidden = false;
  }

  // ---- the network
  const svg = document.querySelector('svg.network');
  const items = [...document.querySelectorAll('.actors li')];
  if (!svg || !finder || items.length === 0) return;
  const drawing = svg.parentElement, words = finder.dataset;
  const dots = [...svg.querySelectorAll('.dots circle, .dots path')];
  const discs = [...svg.querySelectorAll('.discs circle')];
  const lists = [...document.querySelectorAll('.actors ul')];
  const sectorOf = items.map((item) => lists.indexOf(item.parentElement));
  const sectors = [...document.querySelectorAll('.actors .sector')].map((s) => s.textContent);
  const names = items.map((item) => item.firstElementChild.textContent);
  const keys = names.map(plain);
  const partners = items.map(() => []);
  (dots.length ? dots : items).forEach((element, i) => {
    for (const other of (element.dataset.t || '').split(' ').filter(Boolean)) {
      partners[i].push(Number(other));
      partners[Number(other)].push(i);
    }
  });
  const count = (n, one, many) =>
    `${n.toLocaleString(language)} ${n > 1 || (n === 0 && language === 'en') ? many : one}`;
  const tell = (i) => partners[i].length === 0 ? words.alone
    : count(partners[i].length, words.partner, words.partners);
  const detail = finder.querySelector('.detail'), help = detail.textContent;
  const status = finder.querySelector('.count'), chosenBox = document.querySelector('.chosen');
  const field = finder.querySelector('input'), found = finder.querySelector('#found');
  let chosen = -1, current = 0;

  // the middle of a dot: a path begins with it
  const place = (dot) => dot.hasAttribute('cx')
    ? [Number(dot.getAttribute('cx')), Number(dot.getAttribute('cy'))]
    : dot.getAttribute('d').match(/-?[\d.]+/g).slice(0, 2).map(Number);
  const middle = svg.dataset.m.split(' ').map(Number);
  // a group apart lies under all discs: its ties are straight
  const ring = Math.max(...discs.map((d) => Number(d.getAttribute('cy')) + Number(d.getAttribute('r'))));
  const bend = (a, b, axis) => (a[axis] + b[axis]) / 2 * 0.6 + middle[axis] * 0.4;
  const line = (i, k) => {
    const a = place(dots[i]), b = place(dots[k]);
    return sectorOf[i] === sectorOf[k] || a[1] > ring ? `M${a}L${b}`
      : `M${a}Q${bend(a, b, 0)} ${bend(a, b, 1)} ${b}`;
  };
  const lines = document.createElementNS(svg.namespaceURI, 'path');
  lines.setAttribute('class', 'lit-ties');
  lines.setAttribute('fill', 'none');
  const before = svg.querySelector('.dots');
  if (before) before.before(lines);

  const light = (i) => {
    svg.classList.toggle('choosing', i >= 0);
    svg.querySelectorAll('.lit, .own').forEach((e) => e.classList.remove('lit', 'own'));
    const near = i < 0 ? [] : partners[i];
    if (dots.length) {
      lines.setAttribute('d', near.map((k) => line(i, k)).join(''));
      near.forEach((k) => dots[k].classList.add('lit'));
    }
    near.forEach((k) => discs[sectorOf[k]].classList.add('lit'));
    if (i >= 0) {
      discs[sectorOf[i]].classList.add('lit');
      if (dots.length) dots[i].classList.add('lit', 'own');
    }
    detail.textContent = i < 0 || i === chosen ? help : `${names[i]} (${sectors[sectorOf[i]]}) – ${tell(i)}`;
  };

  // the chosen one's partners in words, sector by sector
  const list = (i) => {
    chosenBox.replaceChildren();
    chosenBox.hidden = i < 0;
    if (i < 0) return;
    chosenBox.append(make('h3', `${names[i]} – ${tell(i)}`));
    const dl = chosenBox.appendChild(make('dl'));
    sectors.forEach((sector, s) => {
      const near = partners[i].filter((k) => sectorOf[k] === s);
      if (near.length === 0) return;
      dl.append(make('dt', `${sector} (${near.length.toLocaleString(language)})`));
      const dd = dl.appendChild(make('dd'));
      near.forEach((k, at) => {
        if (at > 0) dd.append(', ');
        const button = dd.appendChild(make('button', names[k]));
        button.type = 'button';
        button.addEventListener('click', () => choose(k));
      });
    });
  };
  const choose = (i) => {
    chosen = i;
    items.forEach((item, k) => item.classList.toggle('own', k === i));
    light(i);
    list(i);
    status.textContent = i < 0 ? '' : `${names[i]} – ${tell(i)}`;
    if (i >= 0 && dots.length) rove(i, false);
    dots.forEach((dot, k) => dot.setAttribute('aria-pressed', String(k === i)));
  };

  // ---- dots by mouse and keyboard: one of them is in the order of the tab key
  const rove = (i, focus) => {
    if (dots[current]) dots[current].setAttribute('tabindex', '-1');
    current = i;
    dots[i].setAttribute('tabindex', '0');
    if (focus) dots[i].focus();
  };
  if (dots.length) svg.setAttribute('role', 'group');
  dots.forEach((dot, i) => {
    dot.setAttribute('role', 'button');
    dot.setAttribute('aria-pressed', 'false');
    dot.setAttribute('tabindex', i === 0 ? '0' : '-1');
    dot.addEventListener('mouseenter', () => light(i));
    dot.addEventListener('mouseleave', () => light(chosen));
    dot.addEventListener('focus', () => { light(i); follow(i); });
    dot.addEventListener('blur', () => light(chosen));
    dot.addEventListener('click', () => choose(i === chosen ? -1 : i));
  });
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const resetAll = () => { choose(-1); field.value = ''; search(); zoom(0); };
  drawing.addEventListener('keydown', (event) => {
    const i = dots.indexOf(event.target), last = dots.length - 1;
    if (event.key === 'Escape') resetAll();
    else if (event.key === '+' || event.key === '-') zoom(event.key === '+' ? 1.4 : 1 / 1.4);
    else if (i < 0) return;
    else if (event.key === 'Enter' || event.key === ' ') choose(i === chosen ? -1 : i);
    else if (event.key === 'Home') rove(0, true);
    else if (event.key === 'End') rove(last, true);
    else if (steps[event.key]) rove(Math.min(Math.max(i + steps[event.key], 0), last), true);
    else return;
    event.preventDefault();
  });
  items.forEach((item, i) => {
    const button = make('button');
    button.type = 'button';
    button.append(item.firstElementChild);
    item.prepend(button, ' ');
    button.addEventListener('click', () => choose(i));
  });

  // ---- search
  let shown = [], active = -1;
  const point = (at) => {
    active = at;
    [...found.children].forEach((option, k) => option.setAttribute('aria-selected', String(k === at)));
    if (at >= 0) {
      field.setAttribute('aria-activedescendant', `found-${at}`);
      found.children[at].scrollIntoView({ block: 'nearest' });
      light(shown[at]);
    } else field.removeAttribute('aria-activedescendant');
  };
  const search = () => {
    const wanted = plain(field.value), parts = wanted.split(' ').filter(Boolean);
    const all = parts.length === 0 ? []
      : keys.flatMap((key, i) => (parts.every((part) => key.includes(part)) ? [i] : []));
    const fit = (key) => (key.startsWith(wanted) ? 0 : key.includes(wanted) ? 1 : 2);
    all.sort((a, b) => fit(keys[a]) - fit(keys[b]) || a - b);
    shown = all.slice(0, 12);
    found.replaceChildren(...shown.map((i, at) => {
      const option = make('li', `${names[i]} (${sectors[sectorOf[i]]})`);
      option.id = `found-${at}`;
      option.setAttribute('role', 'option');
      option.addEventListener('mousedown', (event) => { event.preventDefault(); take(at); });
      return option;
    }));
    found.hidden = shown.length === 0;
    field.setAttribute('aria-expanded', String(!found.hidden));
    status.textContent = parts.length === 0 ? '' : all.length === 0 ? words.none
      : count(all.length, words.one, words.many);
    point(-1);
  };
  const close = () => {
    found.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    point(-1);
  };
  const take = (at) => { const i = shown[at]; field.value = names[i]; close(); choose(i); };
  field.addEventListener('input', () => { if (chosen >= 0) choose(-1); search(); });
  field.addEventListener('blur', () => { close(); light(chosen); });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') resetAll();
    else if (event.key === 'Enter' && shown.length && !found.hidden) take(Math.max(active, 0));
    else if (event.key === 'ArrowDown' && shown.length) {
      found.hidden = false;
      field.setAttribute('aria-expanded', 'true');
      point((active + 1) % shown.length);
    } else if (event.key === 'ArrowUp' && shown.length) point(active > 0 ? active - 1 : shown.length - 1);
    else return;
    event.preventDefault();
  });

  // ---- zoom: a smaller part of the drawing in the same frame
  const whole = svg.getAttribute('viewBox').split(' ').map(Number);
  let view = whole;
  const look = (x, y, factor) => {
    const width = Math.min(whole[2], Math.max(whole[2] / 8, view[2] / factor));
    const height = width * whole[3] / whole[2];
    const inside = (at, from, room, size) => Math.min(Math.max(at, from), from + room - size);
    view = [inside(x - (x - view[0]) * width / view[2], whole[0], whole[2], width),
      inside(y - (y - view[1]) * height / view[3], whole[1], whole[3], height), width, height];
    svg.setAttribute('viewBox', view.map((v) => v.toFixed(1)).join(' '));
    drawing.classList.toggle('zoomed', width < whole[2]);
  };
  const zoom = (factor) => {
    if (factor === 0) view = whole;
    const own = chosen >= 0 && dots.length ? place(dots[chosen])
      : [view[0] + view[2] / 2, view[1] + view[3] / 2];
    look(own[0], own[1], factor || 1);
  };
  const shift = (dx, dy) => {
    view = [view[0] + dx, view[1] + dy, view[2], view[3]];
    look(view[0], view[1], 1);
  };
  const follow = (i) => { // a dot with the focus is never out of sight
    const at = place(dots[i]);
    const off = [0, 1].map((axis) => (at[axis] < view[axis] || at[axis] > view[axis] + view[axis + 2]
      ? at[axis] - view[axis] - view[axis + 2] / 2 : 0));
    if (off[0] || off[1]) shift(off[0], off[1]);
  };
  const where = (event) => {
    const box = svg.getBoundingClientRect();
    return [view[0] + (event.clientX - box.left) / box.width * view[2],
      view[1] + (event.clientY - box.top) / box.height * view[3]];
  };
  svg.addEventListener('wheel', (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    look(...where(event), event.deltaY < 0 ? 1.2 : 1 / 1.2);
  }, { passive: false });
  let held = null;
  svg.addEventListener('pointerdown', (event) => {
    held = drawing.classList.contains('zoomed') ? where(event) : null;
  });
  svg.addEventListener('pointermove', (event) => {
    if (!held || event.buttons === 0) return;
    const at = where(event);
    shift(held[0] - at[0], held[1] - at[1]);
  });
  finder.querySelectorAll('[data-zoom]').forEach((button) => button.addEventListener('click', () => {
    if (button.dataset.zoom === '0') resetAll(); else zoom(Number(button.dataset.zoom));
  }));
  drawing.before(finder);
  finder.hidden = false;
})();
