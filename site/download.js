import { quarterChart, yearChart } from './chart.js';
import { svg } from './element.js';
import { marked } from './marked.js';
import { paint } from './paint.js';
import { yearsOf } from './trend.js';
import { date, period, short } from './values.js';
import { workbook } from './workbook.js';

const LICENCE = 'Open Government Licence v3.0';
const WIDTH = 720;
const MARGIN = 24;

/** Creates a file of a headline of a year, with its source, licence and address in it. Hidden figures are hidden there too. */
export async function createFile(kind, found, content, documents, address) {
  const item = marked(found);
  const years = yearsOf(item.id, documents);
  const origin = [`Source: ${content.publisher}`, `Licence: ${LICENCE}`, `Address: ${address}`, `Release ${content.release.number}, published ${date(content.release.published)}, ${content.release.status}`];
  if (kind === 'svg') return new Blob([new XMLSerializer().serializeToString(picture(item, years, content, origin))], { type: 'image/svg+xml' });
  if (kind === 'png') return paint(picture(item, years, content, origin));
  const rows = rowsOf(item, years, content);
  return kind === 'csv' ? csv(rows, content, address) : workbook(item.title, [
    [item.title], [item.sentence], [],
    ['Period', 'Breakdown', 'Part', 'Value', 'Markers', 'Unit'],
    ...rows.map((row) => [row.period, row.dimension, row.label, row.value ?? '', row.markers, item.unit]),
    [], ...item.notes.map((note) => [note]), ['Markers: [c] not shown, to protect people; [x] not available; [z] not applicable; [e] estimated; [p] provisional; [r] revised; [b] break in series'],
    ...origin.map((line) => [line]),
  ]);
}

function rowsOf(item, years, { period: { id } }) {
  const row = (when, dimension, label, { value, markers }) => ({ period: when, dimension, label, value, markers: markers.map((marker) => `[${marker}]`).join(' ') });
  return [
    ...years.map((year) => row(year.period, 'total', 'Year', year)),
    ...item.series.length > 1 ? item.series.map((point) => row(point.period, 'total', 'Quarter', point)) : [],
    ...item.breakdowns.flatMap(({ dimension, items }) => items.map((part) => row(id, dimension, part.label, part))),
  ].map((one) => ({ headline: item.id, title: item.title, unit: item.unit, ...one }));
}

/** Creates a spreadsheet with the source and the licence in each row, because rows are copied without their heading. */
function csv(rows, { publisher }, address) {
  const columns = ['headline', 'title', 'period', 'dimension', 'label', 'value', 'unit', 'markers', 'source', 'licence', 'address'];
  const lines = rows.map((row) => ({ ...row, source: publisher, licence: LICENCE, address })).map((row) => columns.map((column) => field(row[column])).join(','));
  return new Blob([`${[columns.join(','), ...lines].join('\r\n')}\r\n`], { type: 'text/csv' });
}

/** A text that a spreadsheet would read as a formula starts with an apostrophe. */
function field(value) {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : value ?? '';
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Creates a picture of the headline: its title, figure and charts, and where it comes from. */
function picture(item, years, content, origin) {
  const charts = [yearChart(item, years), quarterChart(item)].filter(Boolean).map((figure) => [figure.querySelector('figcaption').textContent, figure.querySelector('svg')]);
  const parts = [];
  let y = MARGIN;
  const write = (words, size, attributes) => wrap(words, Math.floor((WIDTH - 2 * MARGIN) / (size * 0.52))).forEach((words) => {
    y += size * 1.3;
    parts.push(svg('text', { x: MARGIN, y, 'font-size': size, fill: '#0b0c0c', ...attributes }, words));
  });
  write(item.title, 20, { 'font-weight': 'bold' });
  write(`${short(item, item.unit)}${['percent', 'pounds'].includes(item.unit) ? '' : ` ${item.unit}`}, ${period(content.period.id)}`, 24, { 'font-weight': 'bold', fill: '#3d2a6b' });
  write(item.sentence, 15);
  y += 30;
  charts.forEach(([caption, chart], place) => {
    const x = MARGIN + place * (WIDTH / 2 - 8);
    parts.push(svg('text', { x, y, 'font-size': 13, fill: '#0b0c0c' }, caption), svg('g', { transform: `translate(${x} ${y + 8})`, 'font-size': 13 }, ...chart.children));
  });
  y += charts.length > 0 ? 190 : 0;
  [...item.notes, ...origin].forEach((line) => write(line, 12, { fill: '#505a5f' }));
  const height = Math.ceil(y + MARGIN);
  return svg('svg', { width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, 'font-family': 'Arial, Helvetica, sans-serif' },
    svg('title', null, item.title), svg('desc', null, [item.sentence, ...origin].join('. ')), svg('rect', { width: WIDTH, height, fill: '#fff' }), ...parts);
}

function wrap(words, most) {
  return words.split(' ').reduce((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && last.length + word.length < most ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
  }, []);
}
