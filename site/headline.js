import { chart } from './chart.js';
import { details, html, link, visuallyHidden } from './element.js';
import { list, quarters } from './table.js';
import { markWords, number, period, withBreak } from './values.js';

const DIRECTIONS = { up: ['▲', 'Up'], down: ['▼', 'Down'] };

/** Creates a headline: its number, sentence, change, chart of quarters and breakdowns. */
export function headline(found) {
  const item = marked(found);
  const { id, title, sentence, series, breakdowns, notes } = item;
  return html('article', { class: 'site-card', id, 'aria-labelledby': `${id}-title` },
    html('h3', { class: 'govuk-heading-s', id: `${id}-title` }, title),
    value(item),
    html('p', { class: 'govuk-body site-card__sentence' }, sentence),
    change(item.sameMonths ? { ...item, change: item.sameMonths.change, previous: { period: item.sameMonths.label, value: item.sameMonths.value } } : item),
    item.target === null ? null : aside(`Target: ${number(item.target, item.unit)}`),
    chart(item),
    notes.map((note) => html('p', { class: 'govuk-body-s site-card__notes' }, note)),
    series.length < 2 ? null : details(['By quarter, as a table', visuallyHidden(`: ${title}`)], 'site-series', quarters(item)),
    breakdowns.map((breakdown) => split(item, breakdown)));
}

/** Marks the figures of the year in which the definition changed. */
function marked(item) {
  if (!item.break) return item;
  const year = item.break.period.slice(0, 7);
  return {
    ...withBreak(item, item.break, year),
    series: item.series.map((point) => withBreak(point, item.break, point.period)),
    breakdowns: item.breakdowns.map((breakdown) => ({ ...breakdown, items: breakdown.items.map((part) => withBreak(part, item.break, year)) })),
  };
}

function value({ value: figure, formatted, unit, markers }) {
  if (figure === null) {
    return html('div', null,
      html('p', { class: 'site-card__value site-card__value--none' }, markers.includes('c') ? 'Not shown' : 'No figure'),
      html('p', { class: 'govuk-body-s' }, markers.includes('c')
        ? ['This number is hidden so that nobody can be recognised. ', link('#protect', 'How we protect people')]
        : `This number is ${markWords(markers).join(', ') || 'not available'}.`));
  }
  const words = markWords(markers);
  return html('p', { class: 'site-card__value' },
    formatted ?? number(figure, unit),
    ['percent', 'pounds'].includes(unit) ? null : html('span', { class: 'site-card__unit' }, ` ${unit}`),
    words.map((word) => [' ', html('strong', { class: 'govuk-tag govuk-tag--yellow' }, word)]).flat());
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
  return details([`By ${lower}`, visuallyHidden(`: ${title}`)], 'site-split', list(`${title}, by ${lower}${year}`, heading, unit, items));
}

function aside(...children) {
  return html('p', { class: 'govuk-body site-card__aside' }, ...children);
}
