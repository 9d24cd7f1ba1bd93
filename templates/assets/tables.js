// Tables that sort by a click on a column's head, and a field that narrows long tables down.
// Everything on the page is there without this.
'use strict';

(() => {
  const text = (cell) => (cell ? cell.textContent.trim() : '');

  // "1,266x", "~40%" and "−0.5" sort by their number; what starts with none sorts after all numbers, by its letters.
  const key = (cell) => {
    const shown = text(cell);
    const found = /^[~≈<>≤≥\s]*([-−+]?\d[\d,]*\.?\d*(?:e[-+]?\d+)?)/i.exec(shown);
    const number = found ? Number(found[1].replace(/,/g, '').replace('−', '-')) : NaN;
    return { number, shown };
  };

  const compare = (a, b) => {
    const aIsNumber = !Number.isNaN(a.number);
    const bIsNumber = !Number.isNaN(b.number);
    if (aIsNumber && bIsNumber) return a.number - b.number;
    if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
    return a.shown.localeCompare(b.shown, 'en', { numeric: true });
  };

  const sort = (table, head, column) => {
    const body = table.tBodies[0];
    const direction = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
    for (const other of head.parentElement.children) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending');
    const rows = Array.from(body.rows, (row, place) => ({ row, place, key: key(row.cells[column]) }));
    rows.sort((a, b) => direction * compare(a.key, b.key) || a.place - b.place);
    body.append(...rows.map((item) => item.row));
  };

  const makeSortable = (table) => {
    if (table.tBodies[0].rows.length < 2) return;
    Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      button.append(...Array.from(head.childNodes).filter((node) => !node.classList?.contains('key')));
      button.addEventListener('click', () => sort(table, head, column));
      head.prepend(button);
    });
  };

  const narrow = (rows, wanted) => {
    const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const row of rows) {
      const shown = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => shown.includes(word));
      if (!row.hidden) left += 1;
    }
    return left;
  };

  const addFilter = (before, word, rows, sections) => {
    const label = document.createElement('label');
    const input = document.createElement('input');
    const status = document.createElement('span');
    label.className = 'filter';
    input.type = 'search';
    status.setAttribute('role', 'status');
    label.append(`Show ${word} with `, input, status);
    input.addEventListener('input', () => {
      const left = narrow(rows, input.value);
      status.textContent = input.value.trim() ? `${left} of ${rows.length}` : '';
      for (const section of sections) section.hidden = !section.querySelector('tbody tr:not([hidden])');
    });
    before.before(label);
  };

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  all('table[data-sortable]').forEach(makeSortable);

  // The groups of the front page are narrowed together, every other long table by itself.
  const groups = all('.group');
  const grouped = all('.group .findings tbody tr');
  if (grouped.length > 8) addFilter(groups[0], 'findings', grouped, groups);
  all('.findings').forEach((table) => {
    const rows = all('tbody tr', table);
    if (rows.length > 8 && !table.closest('.group')) addFilter(table, 'findings', rows, []);
  });
  all('.evidence-page .grid').forEach((table) => {
    const rows = all('tbody tr', table);
    if (rows.length > 20) addFilter(table.parentElement, 'rows', rows, []);
  });
})();
