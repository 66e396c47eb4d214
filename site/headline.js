import { address, yearAddress } from './address.js';
import { quarterChart, yearChart } from './chart.js';
import { details, html, link, visuallyHidden } from './element.js';
import { marked } from './marked.js';
import { bars, quarters, yearTable } from './table.js';
import { yearsOf } from './trend.js';
import { markWords, number, period } from './values.js';

const DIRECTIONS = { up: ['▲', 'Up'], down: ['▼', 'Down'] };

/** Creates a headline: its number, sentence and change, its charts, its breakdowns and its downloads. One without any number is a sentence. */
export function headline(found, document, documents) {
  const item = marked(found);
  const { id, title, breakdowns, notes } = item;
  const years = yearsOf(id, documents);
  const isEmpty = item.value === null && item.series.every((point) => point.value === null);
  const charts = [yearChart(item, years), isEmpty ? null : quarterChart(item)].filter(Boolean);
  const kind = isEmpty ? ' site-card--empty' : '';
  return html('article', { class: `site-card site-card--${charts.length}${kind}`, id, 'aria-labelledby': `${id}-title` },
    html('div', { class: 'site-card__words' },
      html('h3', { class: 'govuk-heading-s', id: `${id}-title` }, title),
      ...words(item),
      notes.map((note) => html('p', { class: 'govuk-body-s site-card__notes' }, note))),
    charts,
    isEmpty ? null : html('div', { class: 'site-card__more' },
      html('div', { class: 'site-card__splits' }, breakdowns.map((breakdown) => split(item, breakdown))),
      tables(item, years),
      share(item, document)));
}

/** Creates the number, the sentence and the change; or the sentence that says why the number is missing. */
function words(item) {
  const { value, markers, sentence, sameMonths } = item;
  if (value === null) {
    return [html('p', { class: 'govuk-body site-card__sentence' }, sentence, ...markers.includes('c') ? [' ', link('#protect', 'How we protect people')] : [])];
  }
  return [
    figure(item),
    html('p', { class: 'govuk-body site-card__sentence' }, sentence),
    change(sameMonths ? { ...item, change: sameMonths.change, previous: { period: sameMonths.label, value: sameMonths.value } } : item),
    item.target === null ? null : aside(`Target: ${number(item.target, item.unit)}`),
  ];
}

function figure({ value, formatted, unit, markers }) {
  return html('p', { class: 'site-card__value' },
    formatted ?? number(value, unit),
    ['percent', 'pounds'].includes(unit) ? null : html('span', { class: 'site-card__unit' }, ` ${unit}`),
    markWords(markers).map((word) => [' ', html('strong', { class: 'govuk-tag govuk-tag--yellow' }, word)]).flat());
}

function change({ change: difference, previous, unit }) {
  if (!difference || !previous) return null;
  const from = `${number(previous.value, unit)} in ${previous.period}`;
  const [arrow, word] = DIRECTIONS[difference.direction] ?? [];
  if (!arrow) return aside(`The same as in ${previous.period}`);
  const share = difference.percent === null ? '' : ` (${number(Math.abs(difference.percent), 'percent')})`;
  const by = unit === 'percent' ? `${number(Math.abs(difference.absolute))} percentage points` : number(Math.abs(difference.absolute), unit);
  return aside(html('span', { 'aria-hidden': 'true' }, `${arrow} `), html('strong', null, `${word} ${by}${share}`), ` from ${from}`);
}

function split({ title, unit, series }, { dimension, title: name, items }) {
  const heading = name ?? dimension;
  const lower = heading.charAt(0).toLowerCase() + heading.slice(1);
  const year = series.length > 0 ? `, ${period(series[0].period.slice(0, 7))}` : '';
  return details([`By ${lower}`, visuallyHidden(`: ${title}`)], 'site-split', bars(`${title}, by ${lower}${year}`, heading, unit, items));
}

function tables(item, years) {
  if (item.series.length < 2 && years.length < 2) return null;
  return details(['As a table', visuallyHidden(`: ${item.title}`)], 'site-series',
    years.length < 2 ? null : yearTable(item, years),
    item.series.length < 2 ? null : quarters(item));
}

/** Creates the links to the figure. Script adds the buttons that copy, share and save it. */
function share({ id, title }, { period: { id: year } }) {
  return details(['Share or download', visuallyHidden(`: ${title}`)], 'site-share',
    html('p', { class: 'govuk-body-s' }, link(yearAddress(year, id), 'Link to this figure', visuallyHidden(`: ${title}`))),
    html('div', { class: 'site-share__buttons' }),
    html('p', { class: 'govuk-body-s' }, link(address(`${year}/headlines.csv`), `All figures of the year (CSV)`, visuallyHidden(`: ${title}`))));
}

function aside(...children) {
  return html('p', { class: 'govuk-body site-card__aside' }, ...children);
}
