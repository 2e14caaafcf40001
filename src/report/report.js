// The page is complete without this: it only sorts tables and filters findings.
'use strict';
(() => {
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v !== undefined ? Number(cell.dataset.v) : cell.textContent.trim();
  };
  const compare = (a, b, language) => {
    const numbers = typeof a === 'number' && typeof b === 'number';
    if (numbers) return a - b;
    return typeof a === 'number' ? -1 : typeof b === 'number' ? 1 : a.localeCompare(b, language);
  };
  const language = document.documentElement.lang;
  for (const table of document.querySelectorAll('table.sortable')) {
    const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const up = head.getAttribute('aria-sort') === 'descending' ||
          (head.getAttribute('aria-sort') === null && !head.classList.contains('number'));
        heads.forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const rows = [...body.rows].sort((a, b) =>
          compare(value(a, column), value(b, column), language) * (up ? 1 : -1));
        body.append(...rows);
      });
    });
  }
  const bar = document.querySelector('.filters');
  if (bar) {
    const findings = [...document.querySelectorAll('.finding')];
    const choices = [...bar.querySelectorAll('select')];
    const apply = () => findings.forEach((finding) => {
      finding.hidden = choices.some((choice) =>
        choice.value !== '' && finding.dataset[choice.name] !== choice.value);
    });
    choices.forEach((choice) => choice.addEventListener('change', apply));
    bar.hidden = false;
  }
})();
