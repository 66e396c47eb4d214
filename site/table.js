import { tableBar } from './chart.js';
import { html, visuallyHidden } from './element.js';
import { period, short, spoken, withBreak } from './values.js';

/** Creates a table with one column of figures, such as quarters or years. */
function list(kind, caption, heading, unit, rows, cell = figure) {
  return html('table', { class: `govuk-table ${kind}` },
    html('caption', { class: 'govuk-table__caption govuk-table__caption--s' }, caption),
    html('thead', { class: 'govuk-table__head' }, html('tr', { class: 'govuk-table__row' }, columnHeading(heading, false), columnHeading(unitHeading(unit), true))),
    html('tbody', { class: 'govuk-table__body' }, rows.map(({ label, ...point }) => html('tr', { class: 'govuk-table__row' }, rowHeading(label), cell(point, unit)))));
}

export function quarters({ title, unit, series }) {
  return list('site-quarters-table', `${title}, by quarter`, 'Period', unit, series.map((point) => ({ ...point, label: period(point.period) })));
}

export function yearTable({ title, unit }, years) {
  return list('site-years-table', `${title}, by year`, 'Year', unit, years.map((point) => ({ ...point, label: `${period(point.period)}${point.isInProgress ? ', so far' : ''}` })));
}

/** Creates a table of parts, such as areas or ages, with a bar next to each number. */
export function bars(caption, heading, unit, items) {
  const highest = Math.max(...items.map((item) => item.value ?? 0));
  return list('site-bars', caption, heading, unit, items, (point) => figure(point, unit, tableBar(point, highest)));
}

/** Creates a table with two dimensions and totals, in a frame that scrolls on narrow screens. */
export function crossTable(table) {
  const cells = new Map(table.cells.map((cell) => [key(cell.row, cell.column), table.break ? withBreak(cell, table.break, table.break.period.slice(0, 7)) : cell]));
  const columns = [...table.columns.items, { code: null, label: 'All' }];
  const rows = [...table.rows.items, { code: null, label: 'All' }];
  const captionId = `${table.id}-caption`;
  return html('div', { class: 'site-scroll', role: 'region', 'aria-labelledby': captionId, tabindex: 0 },
    html('table', { class: 'govuk-table' },
      html('caption', { class: 'govuk-table__caption govuk-table__caption--m', id: captionId }, `${table.title} (${table.unit})`),
      html('thead', { class: 'govuk-table__head' }, html('tr', { class: 'govuk-table__row' },
        columnHeading(table.rows.title, false), columns.map(({ label }) => columnHeading(label, true)))),
      html('tbody', { class: 'govuk-table__body' }, rows.map((row) => html('tr', { class: row.code === null ? 'govuk-table__row site-total' : 'govuk-table__row' },
        rowHeading(row.label),
        columns.map((column) => figure(cells.get(key(row.code, column.code)) ?? { value: null, markers: ['x'] }, table.unit)))))));
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

/** Creates a cell that shows markers, and has their meaning for screen readers. */
function figure(point, unit, bar = null) {
  const shown = short(point, unit);
  return html('td', { class: 'govuk-table__cell govuk-table__cell--numeric' }, bar,
    point.markers.length === 0 && point.value !== null ? shown : [html('span', { 'aria-hidden': 'true' }, shown), visuallyHidden(spoken(point, unit))]);
}

function unitHeading(unit) {
  return unit === 'percent' ? 'Per cent' : unit === 'pounds' ? 'Pounds' : unit.charAt(0).toUpperCase() + unit.slice(1);
}
