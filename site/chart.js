import { html, svg } from './element.js';
import { number, period, periodLines, quarterName, short, spoken } from './values.js';

const WIDTH = 320;
const HEIGHT = 172;
const TOP = 26;
const BASE = 132;

/** The height of the mark of a hidden or missing figure. It is the same for each, so it says nothing about the figure. */
const UNKNOWN = 30;

/** Up to this number of years, each has its figure next to its point. */
const LABELLED_YEARS = 6;

// The colours are attributes, so that a saved picture has them. Styles can replace them.
const BAR = '#5a3ea1';
const INK = '#0b0c0c';
const QUIET = '#505a5f';

/** Returns a bar chart of the quarters of the year, each with its number; null if there are fewer than 2, or no number. */
export function quarterChart({ id, title, unit, series, target }) {
  if (series.length < 2 || series.every(isNotCollected)) return null;
  const hasTarget = target !== null && unit === 'percent';
  const scale = scaleOf([...series.map((point) => point.value), hasTarget ? target : 0]);
  const slot = WIDTH / series.length;
  const parts = series.flatMap((point, place) => {
    const middle = slot * (place + 0.5);
    const [, year] = periodLines(point.period);
    const tall = point.value === null ? UNKNOWN : Math.max(scale(point.value), 0);
    return [
      point.value === null ? unknown(middle - slot * 0.3, BASE - tall, slot * 0.6, tall) : rect('bar', { x: middle - slot * 0.3, y: BASE - tall, width: slot * 0.6, height: tall, fill: BAR }),
      text(middle, BASE - tall - 7, short(point, unit), 'value'),
      text(middle, BASE + 18, quarterName(point.period)),
      text(middle, BASE + 34, year),
    ];
  });
  if (hasTarget) parts.push(line('target', 0, BASE - scale(target), WIDTH, BASE - scale(target), { 'stroke-dasharray': '5 4', 'stroke-width': 2 }));
  const name = `Bar chart of ${title}, by quarter. ${describe(series, unit)}`;
  return figure(`${id}-quarters`, 'site-quarters', hasTarget ? `By quarter. The dashed line is the target, ${number(target, unit)}.` : 'By quarter', name, parts);
}

/**
 * Returns a line chart of all years, each with its number; null if fewer than 2 years have a number. There is no line to a year
 * without a number, across a break in the series, or to a year that has not ended.
 */
export function yearChart({ id, title, unit }, years) {
  if (years.filter((year) => year.value !== null).length < 2) return null;
  const scale = scaleOf(years.map((year) => year.value));
  const slot = WIDTH / years.length;
  const middle = (place) => slot * (place + 0.5);
  const level = (year) => BASE - Math.max(scale(year.value), 0);
  const lines = years.flatMap((year, place) => {
    const before = years[place - 1];
    return place > 0 && isJoined(before, year) ? [line('trend', middle(place - 1), level(before), middle(place), level(year), { stroke: BAR, 'stroke-width': 3 })] : [];
  });
  const points = years.flatMap((year, place) => [
    year.markers.includes('b') && place > 0 ? line('break', slot * place, TOP - 10, slot * place, BASE, { stroke: QUIET, 'stroke-dasharray': '2 3' }) : null,
    year.value === null ? unknown(middle(place) - 9, BASE - UNKNOWN, 18, UNKNOWN) : point(middle(place), level(year), year),
    year.value === null || years.length <= LABELLED_YEARS || place === 0 || place === years.length - 1
      ? text(middle(place), (year.value === null ? BASE - UNKNOWN : level(year)) - 11, short(year, unit), 'value') : null,
    years.length <= LABELLED_YEARS || (years.length - 1 - place) % 2 === 0 ? text(middle(place), BASE + 18, year.period) : null,
    year.isInProgress ? text(middle(place), BASE + 34, 'so far') : null,
  ]).filter(Boolean);
  const name = `Line chart of ${title}, by year. ${describe(years, unit)}`;
  return figure(`${id}-years`, 'site-trend', 'By year, April to March', name, [...lines, ...points]);
}

/** Returns the bar of a figure in a table. It has no words: the number is next to it. A figure that is not shown has no bar. */
export function tableBar({ value }, highest) {
  const picture = svg('svg', { class: 'site-bar', 'aria-hidden': 'true', focusable: 'false', viewBox: '0 0 100 10', preserveAspectRatio: 'none' });
  if (value !== null && highest > 0) picture.append(rect('bar', { x: 0, y: 0, width: Math.max((value / highest) * 100, 0), height: 10, fill: BAR }));
  return picture;
}

/** Returns true if a line between 2 years in a row says something true. */
function isJoined(before, year) {
  return before.value !== null && year.value !== null && !year.markers.includes('b') && !before.isInProgress && !year.isInProgress;
}

function isNotCollected({ value, markers }) {
  return value === null && !markers.includes('c');
}

/** Creates the mark of a year: filled if the figure is final, open if it may still change, a diamond if the year has not ended. */
function point(x, y, { isFinal, isInProgress }) {
  const attributes = { class: 'point', fill: isFinal ? BAR : '#fff', stroke: BAR, 'stroke-width': 3 };
  return isInProgress ? svg('path', { ...attributes, d: `M${round(x)} ${round(y - 7)}l7 7l-7 7l-7 -7z` }) : svg('circle', { ...attributes, cx: round(x), cy: round(y), r: 5 });
}

function scaleOf(values) {
  const highest = Math.max(...values.map((value) => value ?? 0)) || 1;
  return (value) => (value / highest) * (BASE - TOP);
}

function describe(points, unit) {
  return `${points.map((one) => `${period(one.period)}: ${spoken(one, unit)}`).join('; ')}.`;
}

function figure(id, kind, caption, name, parts) {
  return html('figure', { class: `site-chart ${kind}`, id },
    html('figcaption', { class: 'govuk-body-s' }, caption),
    svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': name, 'font-family': 'Arial, Helvetica, sans-serif', 'font-size': 13 },
      line('base', 0, BASE, WIDTH, BASE), ...parts));
}

function unknown(x, y, width, height) {
  return rect('hidden', { x, y, width, height, fill: 'none', stroke: QUIET, 'stroke-dasharray': '3 3' });
}

function rect(kind, { x, y, width, height, ...others }) {
  return svg('rect', { class: kind, x: round(x), y: round(y), width: round(width), height: round(height), ...others });
}

function line(kind, x1, y1, x2, y2, attributes) {
  return svg('line', { class: kind, x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2), stroke: INK, ...attributes });
}

function text(x, y, words, kind) {
  return svg('text', { x: round(x), y: round(y), 'text-anchor': 'middle', fill: INK, ...(kind && { class: kind, 'font-weight': 'bold' }) }, words);
}

function round(value) {
  return Math.round(value * 10) / 10;
}
