import { quarterChart, yearChart } from './chart.js';
import { html, link } from './element.js';
import { marked } from './marked.js';
import { yearsOf } from './trend.js';
import { markWords, number } from './values.js';

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
