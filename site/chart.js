import { html, svg } from './element.js';
import { number, period, periodLines, quarterName, short, spoken } from './values.js';

const WIDTH = 400;
const HEIGHT = 190;
const TOP = 30;
const BASE = 145;

/** Returns a bar chart of a headline's quarters, each with its number; null if there are fewer than 2. */
export function chart({ id, title, unit, series, target }) {
  if (series.length < 2) return null;
  const highest = Math.max(...series.map((point) => point.value ?? 0), target ?? 0) || 1;
  const height = (value) => (value / highest) * (BASE - TOP);
  const slot = WIDTH / series.length;
  const description = series.map((point) => `${period(point.period)}: ${spoken(point, unit)}`).join('; ');
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `Bar chart of ${title}. ${description}.` });
  series.forEach((point, place) => {
    const middle = slot * (place + 0.5);
    const [, year] = periodLines(point.period);
    const tall = point.value === null ? 40 : Math.max(height(point.value), 0);
    picture.append(
      svg('rect', { class: point.value === null ? 'hidden' : 'bar', x: middle - slot * 0.3, y: BASE - tall, width: slot * 0.6, height: tall }),
      text(middle, BASE - tall - 7, short(point, unit), 'value'),
      text(middle, BASE + 19, quarterName(point.period)),
      text(middle, BASE + 37, year));
  });
  picture.append(svg('line', { class: 'base', x1: 0, x2: WIDTH, y1: BASE, y2: BASE }));
  if (target !== null && series.every((point) => point.period.includes('Q')) && unit === 'percent') {
    const level = BASE - height(target);
    picture.append(svg('line', { class: 'target', x1: 0, x2: WIDTH, y1: level, y2: level }));
  }
  return html('figure', { class: 'site-chart', id: `${id}-chart` },
    html('figcaption', { class: 'govuk-body-s' }, unit === 'percent' && target !== null ? `By quarter. The dashed line is the target, ${number(target, unit)}.` : 'By quarter'),
    picture);
}

function text(x, y, words, kind) {
  return svg('text', { x, y, 'text-anchor': 'middle', ...(kind && { class: kind }) }, words);
}
