import { html, unseen } from './element.js';
import { period, short, spoken } from './values.js';

/** A table of one column of figures: quarters, areas, ages. */
export function list(caption, heading, unit, rows) {
  return html('table', { class: 'govuk-table' },
    html('caption', { class: 'govuk-table__caption govuk-table__caption--s' }, caption),
    html('thead', { class: 'govuk-table__head' }, html('tr', { class: 'govuk-table__row' }, columnHeading(heading, false), columnHeading(unitHeading(unit), true))),
    html('tbody', { class: 'govuk-table__body' }, rows.map(({ label, ...point }) => html('tr', { class: 'govuk-table__row' }, rowHeading(label), figure(point, unit)))));
}

export function quarters({ title, unit, series }) {
  return list(`${title}, by quarter`, 'Period', unit, series.map((point) => ({ ...point, label: period(point.period) })));
}

/** A table of two dimensions with its totals, in a frame that scrolls by itself where the screen is narrow. */
export function crossTable(table) {
  const at = new Map(table.cells.map((cell) => [key(cell.row, cell.column), cell]));
  const columns = [...table.columns.items, { code: null, label: 'All' }];
  const rows = [...table.rows.items, { code: null, label: 'All' }];
  const named = `${table.id}-caption`;
  return html('div', { class: 'site-scroll', role: 'region', 'aria-labelledby': named, tabindex: 0 },
    html('table', { class: 'govuk-table' },
      html('caption', { class: 'govuk-table__caption govuk-table__caption--m', id: named }, `${table.title} (${table.unit})`),
      html('thead', { class: 'govuk-table__head' }, html('tr', { class: 'govuk-table__row' },
        columnHeading(table.rows.title, false), columns.map(({ label }) => columnHeading(label, true)))),
      html('tbody', { class: 'govuk-table__body' }, rows.map((row) => html('tr', { class: row.code === null ? 'govuk-table__row site-total' : 'govuk-table__row' },
        rowHeading(row.label),
        columns.map((column) => figure(at.get(key(row.code, column.code)) ?? { value: null, markers: ['x'] }, table.unit)))))));
}

function key(row, column) {
  return JSON.stringify([row, column]);
}

function columnHeading(label, isNumeric) {
  return html('th', { scope: 'col', class: `govuk-table__header${isNumeric ? ' govuk-table__header--numeric' : ''}` }, label);
}

function rowHeading(label) {
  return html('th', { scope: 'row', class: 'govuk-table__header' }, label);
}

/** A mark is shown as a mark and said in words. */
function figure(point, unit) {
  const shown = short(point, unit);
  return html('td', { class: 'govuk-table__cell govuk-table__cell--numeric' },
    point.markers.length === 0 && point.value !== null ? shown : [html('span', { 'aria-hidden': 'true' }, shown), unseen(spoken(point, unit))]);
}

function unitHeading(unit) {
  return unit === 'percent' ? 'Per cent' : unit === 'pounds' ? 'Pounds' : unit.charAt(0).toUpperCase() + unit.slice(1);
}
