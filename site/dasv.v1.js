// The elements dasv-headline and dasv-headlines, version 1. Made of values.js, element.js, marked.js, trend.js, chart.js, headlineElement.js by DASV_REGENERATE=1 dotnet test.
(() => {
const MARKS = {
  c: 'not shown, to protect people',
  x: 'not available',
  z: 'not applicable',
  e: 'estimated',
  p: 'provisional',
  r: 'revised',
  b: 'break in series',
};

const QUARTERS = [['April', 'June'], ['July', 'September'], ['October', 'December'], ['January', 'March']];

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

let clock = () => new Date();

/** Sets the clock, for pages that are not made in a browser. */
function setClock(read) {
  clock = read;
}

/** Formats a number with commas and at most one decimal place, without the language tables of a browser. */
function number(value, unit) {
  const rounded = Math.round(Math.abs(value) * 10) / 10;
  const [whole, part] = String(rounded).split('.');
  const text = `${value < 0 && rounded > 0 ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${part ? `.${part}` : ''}`;
  return unit === 'percent' ? `${text}%` : unit === 'pounds' ? `£${text}` : text;
}

/** Formats a value for a table: "1,979", "37 [e]", "[c]". */
function short({ value, markers }, unit) {
  const marks = markers.map((marker) => `[${marker}]`).join(' ');
  return value === null ? marks || '[x]' : [number(value, unit), marks].filter(Boolean).join(' ');
}

/** Words a value for a screen reader: "1,979", "37, estimated", "not shown, to protect people". */
function spoken({ value, markers }, unit) {
  const words = markers.map((marker) => MARKS[marker] ?? marker);
  return value === null ? words.join(', ') || MARKS.x : [number(value, unit), ...words].join(', ');
}

/** Adds the marker b to the figure of the period in which a definition changed, and of the year that contains it. */
function withBreak(point, change, when) {
  const starts = change && point.value !== null && (change.period === when || change.period.startsWith(`${when}-`) || when === `${change.period}-Q1`);
  return starts ? { ...point, markers: ['b', ...point.markers] } : point;
}

function markWords(markers) {
  return markers.map((marker) => MARKS[marker]).filter(Boolean);
}

/** Formats "2019-20-Q1" as ["April to June", "2019"], and "2019-20" as ["April 2019 to", "March 2020"]. */
function periodLines(id) {
  const [, first, quarter] = /^(\d{4})-\d{2}(?:-Q([1-4]))?$/.exec(id) ?? [];
  if (!first) return [id, ''];
  if (!quarter) return [`April ${first} to`, `March ${Number(first) + 1}`];
  return [QUARTERS[quarter - 1].join(' to '), String(Number(first) + (quarter === '4' ? 1 : 0))];
}

function period(id) {
  return periodLines(id).join(' ').trim();
}

/** Formats a quarter for the label of a bar: "Apr–Jun". */
function quarterName(id) {
  const [months] = periodLines(id);
  return months.split(' to ').map((month) => month.slice(0, 3)).join('–');
}

/** Formats a day or a moment as a day in the United Kingdom: "1 June 2020". */
function date(text) {
  const moment = new Date(text);
  if (Number.isNaN(moment.valueOf())) return text;
  const day = inUk(moment);
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** Returns true for a day that has passed in the United Kingdom. */
function isPast(day) {
  return day < inUk(clock()).toISOString().slice(0, 10);
}

function dateAndTime(moment) {
  const time = inUk(new Date(moment));
  return `${date(moment)} at ${time.getUTCHours()}:${String(time.getUTCMinutes()).padStart(2, '0')}`;
}

/** Returns a moment whose UTC parts are those of the clocks in the United Kingdom. */
function inUk(moment) {
  const year = moment.getUTCFullYear();
  const isSummer = moment >= lastSunday(year, 2) && moment < lastSunday(year, 9);
  return new Date(moment.valueOf() + (isSummer ? 3_600_000 : 0));
}

/** Returns 1am UTC on the last Sunday of a month with 31 days. The clocks change then. */
function lastSunday(year, month) {
  const last = new Date(Date.UTC(year, month, 31, 1));
  last.setUTCDate(31 - last.getUTCDay());
  return last;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Creates an HTML element. Children that are not elements become text, so nothing in the feed is treated as markup. */
function html(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** Creates a section of the page with a heading and an id for addresses such as #tables. */
function section(id, title, ...children) {
  return html('section', { id, class: 'site-section', 'aria-labelledby': `${id}-title` },
    html('h2', { class: 'govuk-heading-l', id: `${id}-title` }, title), ...children);
}

function link(address, ...children) {
  return html('a', { class: 'govuk-link', href: address }, ...children);
}

function visuallyHidden(text) {
  return html('span', { class: 'govuk-visually-hidden' }, text);
}

function details(summary, kind, ...children) {
  return html('details', { class: `govuk-details ${kind}` },
    html('summary', { class: 'govuk-details__summary' }, html('span', { class: 'govuk-details__summary-text' }, ...[summary].flat())),
    html('div', { class: 'govuk-details__text' }, ...children));
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
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

/** Returns the figure of a headline in each year from the first to the last, with a gap for a year that has no figures. */
function yearsOf(id, documents) {
  const found = new Map(documents.map((document) => [document.period.id, yearOf(id, document)]).filter(([, year]) => year));
  const starts = [...found.keys()].map((year) => Number(year.slice(0, 4)));
  if (starts.length === 0) return [];
  const first = Math.min(...starts);
  return Array.from({ length: Math.max(...starts) - first + 1 }, (_, place) => {
    const year = `${first + place}-${String(first + place + 1).slice(-2)}`;
    return found.get(year) ?? { period: year, value: null, markers: ['x'] };
  });
}

function yearOf(id, { period, release, headlines }) {
  const item = headlines.find((headline) => headline.id === id);
  if (!item) return null;
  const { value, markers } = withBreak(item, item.break, period.id);
  return {
    period: period.id, value, markers,
    isFinal: release.status !== 'provisional',
    isInProgress: release.stage === 'in-progress',
  };
}

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
function quarterChart({ id, title, unit, series, target }) {
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
function yearChart({ id, title, unit }, years) {
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
function tableBar({ value }, highest) {
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

const FEED = '../feed/';
const TIMEOUT_MS = 10_000;
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** The licence of the figures. The names in the feed are those of the SPDX list. */
const LICENCE = ['https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/', 'Open Government Licence v3.0'];

// Rules in a constructed style sheet are allowed by a policy that allows no inline styles.
const RULES = `
:host { display: block; color: var(--dasv-ink, #0b0c0c); font: 1rem/1.4 var(--dasv-font, Arial, Helvetica, sans-serif); }
:host([hidden]) { display: none; }
.card { box-sizing: border-box; padding: 15px 20px; border: 1px solid var(--dasv-line, #b1b4b6); border-left: 5px solid var(--dasv-brand, #5a3ea1); background: var(--dasv-background, #fff); overflow-wrap: break-word; }
.cards { display: grid; gap: 20px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)); }
.title { color: var(--dasv-quiet, #505a5f); font-weight: bold; }
p.value { margin: 5px 0; color: var(--dasv-brand, #3d2a6b); font-size: 2.25rem; font-weight: bold; line-height: 1.1; }
.unit { font-size: 1.125rem; }
.mark { padding: 2px 6px; background: #fff7bf; color: #594d00; font-size: 1rem; font-weight: normal; }
p { margin: 5px 0; }
.small { color: var(--dasv-quiet, #505a5f); font-size: 0.875rem; }
a { color: var(--dasv-link, #1a65a6); }
a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
figure { margin: 10px 0; }
figcaption { font-size: 0.875rem; }
svg { display: block; width: 100%; max-width: 400px; height: auto; }
svg text { fill: var(--dasv-ink, #0b0c0c); }
svg .bar { fill: var(--dasv-bar, #5a3ea1); }
svg .trend, svg .point { stroke: var(--dasv-bar, #5a3ea1); }
@media (forced-colors: active) { svg text { fill: CanvasText; } svg .bar { fill: Highlight; forced-color-adjust: none; } svg .trend, svg .point { stroke: Highlight; } svg .base, svg .target, svg .hidden, svg .break { stroke: CanvasText; } }
`;

const script = document.currentScript ?? document.querySelector('script[src*="dasv.v1.js"]');
const home = new URL('.', script?.src ?? document.baseURI);
const reads = new Map();
let sheet = null;

/** Reads a file of the feed once for all elements of the page. A failed read is tried again by the next element that asks. */
function read(address) {
  if (!reads.has(address)) {
    const reading = fetch(address, { credentials: 'omit', signal: AbortSignal.timeout(TIMEOUT_MS) }).then((answer) => {
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`);
      return answer.json();
    });
    reading.catch(() => reads.delete(address));
    reads.set(address, reading);
  }

  return reads.get(address);
}

/** What both elements do: they read the feed, show themselves, and try again later if the feed does not respond. */
class FeedElement extends HTMLElement {
  static observedAttributes = ['id', 'year', 'feed', 'chart', 'level', 'headlines'];

  #wait = FIRST_WAIT_MS;

  #timer = 0;

  connectedCallback() {
    if (!this.shadowRoot) {
      sheet ??= new CSSStyleSheet();
      sheet.replaceSync(RULES);
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
      this.put(html('p', { class: 'small' }, 'Loading the figures…'));
    }

    this.refresh();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  attributeChangedCallback() {
    if (this.shadowRoot && this.isConnected) this.refresh();
  }

  put(...parts) {
    this.shadowRoot.replaceChildren(...parts);
  }

  address(path) {
    return new URL(path, new URL(this.getAttribute('feed') ?? FEED, this.hasAttribute('feed') ? document.baseURI : home)).href;
  }

  async refresh() {
    clearTimeout(this.#timer);
    const year = this.getAttribute('year');
    try {
      const content = await read(this.address(year ? `${year}/headlines.json` : 'headlines.json'));
      const documents = this.getAttribute('chart') === 'years' ? await this.readYears(content) : [content];
      this.show(content, documents);
      this.#wait = FIRST_WAIT_MS;
    } catch {
      this.put(html('p', { class: 'small' }, 'The figures are unavailable at the moment. ', link(home.href, 'See them on the page of the Partnership')));
      this.#timer = setTimeout(() => this.refresh(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    }
  }

  async readYears(content) {
    const { years } = await read(this.address('index.json'));
    return Promise.all(years.map(({ id }) => (id === content.period.id ? content : read(this.address(`${id}/headlines.json`)))));
  }

  /** Creates a card of a headline: what it says, its chart, its notes, and where it comes from. */
  card(found, content, documents) {
    const item = marked(found);
    const kind = this.getAttribute('chart') ?? 'quarters';
    const isEmpty = item.value === null && item.series.every((point) => point.value === null);
    const figure = kind === 'years' ? yearChart(item, yearsOf(item.id, documents)) : kind === 'quarters' && !isEmpty ? quarterChart(item) : null;
    return html('div', { class: 'card', part: 'card', role: 'group', 'aria-label': item.title },
      html('div', { class: 'title', part: 'title', role: 'heading', 'aria-level': this.getAttribute('level') ?? 3 }, item.title),
      item.value === null ? null : html('p', { class: 'value', part: 'value' },
        item.formatted ?? number(item.value, item.unit),
        ['percent', 'pounds'].includes(item.unit) ? null : html('span', { class: 'unit' }, ` ${item.unit}`),
        markWords(item.markers).map((word) => [' ', html('span', { class: 'mark' }, word)]).flat()),
      html('p', null, item.sentence),
      figure,
      item.notes.map((note) => html('p', { class: 'small' }, note)),
      html('p', { class: 'small', part: 'source' }, 'Source: ', link(`${home.href}index.html?year=${content.period.id}#${item.id}`, content.publisher),
        `, ${content.period.label}, ${content.release.status}. `, link(...LICENCE)));
  }
}

class Headline extends FeedElement {
  show(content, documents) {
    const found = content.headlines.find((headline) => headline.id === this.id);
    this.put(found ? this.card(found, content, documents) : html('p', { class: 'small' }, `There is no headline “${this.id}”. `, link(home.href, 'See all headlines')));
  }
}

class Headlines extends FeedElement {
  show(content, documents) {
    const ids = this.getAttribute('headlines')?.split(/[\s,]+/).filter(Boolean);
    const shown = ids ? ids.map((id) => content.headlines.find((headline) => headline.id === id)).filter(Boolean) : content.headlines.filter((headline) => headline.value !== null);
    this.put(html('div', { class: 'cards' }, shown.map((headline) => this.card(headline, content, documents))));
  }
}

if (!customElements.get('dasv-headline')) {
  customElements.define('dasv-headline', Headline);
  customElements.define('dasv-headlines', Headlines);
}
})();
