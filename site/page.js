import './exit.js';
import { address, isYear, NoSuchFile, readDataset, readHeadlines, readIndex, readLog } from './feed.js';
import { html, link } from './element.js';
import { downloads, history } from './releases.js';
import { dateAndTime } from './values.js';
import { about, headlines, tables, yearPicker } from './year.js';

const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 15 * 60_000;

const PARTS = { headlines: 'Key headlines', tables: 'Tables', protect: 'How we protect people', downloads: 'Downloads', history: 'Release history' };

const place = document.getElementById('figures');
const requestedYear = new URLSearchParams(location.search).get('year');

function announce(words) {
  document.getElementById('said').textContent = words;
}

function show(year, index, log) {
  const { content } = year;
  document.getElementById('period').textContent = `Cambridgeshire and Peterborough, ${content.period.label}`;
  place.replaceChildren(...[
    year.isCopy ? copyNotice(year.readAt) : null,
    about(content, index),
    yearPicker(index, content.period.id),
    contents(content),
    headlines(content),
    tables(content),
  ].filter(Boolean));
  document.getElementById('releases').replaceChildren(downloads(content, index), history(index, log));
  announce(year.isCopy ? 'The latest figures are unavailable. This page shows an earlier copy.' : `This page shows the figures for ${content.period.label}.`);
  goToPart();
}

/** Adds the description of the feed for search engines. Its links start at the feed. A block of data is not run, so the policy for scripts allows it. */
async function describe() {
  const dataset = await readDataset();
  const block = document.createElement('script');
  block.type = 'application/ld+json';
  block.textContent = JSON.stringify({ ...dataset, '@context': [{ '@base': address('dataset.json') }, dataset['@context']].flat() });
  document.head.append(block);
}

/** Scrolls to the part named in the address, such as #tables, which did not exist when the page loaded. */
function goToPart() {
  if (location.hash.length > 1) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

function contents({ tables: items }) {
  const parts = Object.entries(PARTS).filter(([id]) => id !== 'tables' || items?.length > 0);
  return html('nav', { 'aria-label': 'On this page' },
    html('ul', { class: 'site-contents govuk-body' }, parts.map(([id, name]) => html('li', null, link(`#${id}`, name)))));
}

function banner(title, ...children) {
  return html('section', { class: 'govuk-notification-banner', 'aria-labelledby': 'notice-title' },
    html('div', { class: 'govuk-notification-banner__header' }, html('h2', { class: 'govuk-notification-banner__title', id: 'notice-title' }, 'Important')),
    html('div', { class: 'govuk-notification-banner__content' }, html('p', { class: 'govuk-notification-banner__heading' }, title), ...children));
}

function retryButton() {
  const button = html('button', { class: 'govuk-button govuk-button--secondary site-again', type: 'button' }, 'Try again');
  button.addEventListener('click', () => location.reload());
  return button;
}

function copyNotice(readAt) {
  return banner('The latest figures are unavailable at the moment.',
    html('p', { class: 'govuk-body' }, `This is the copy that your browser saved on ${dateAndTime(readAt)}. There may be newer figures.`), retryButton());
}

function showNothing() {
  place.replaceChildren(banner('The figures are unavailable at the moment.',
    html('p', { class: 'govuk-body' }, 'This page will try again automatically. You can also try these files:'),
    html('ul', { class: 'govuk-list govuk-list--bullet' },
      html('li', null, link(address('headlines.csv'), 'Headline figures as a spreadsheet (CSV)')),
      html('li', null, link(address('headlines.json'), 'Headline figures as data (JSON)'))), retryButton()));
  announce('The figures are unavailable at the moment.');
}

function showNoSuchYear() {
  place.replaceChildren(banner('There are no figures for this year.', html('p', { class: 'govuk-body' }, link('index.html', 'See the latest figures'))));
  announce('There are no figures for this year.');
}

async function start(wait = FIRST_WAIT_MS) {
  if (requestedYear !== null && !isYear(requestedYear)) return showNoSuchYear();
  const others = Promise.all([readIndex(), readLog()].map((reading) => reading.catch(() => null)));
  try {
    const year = await readHeadlines(requestedYear);
    show(year, ...await others);
  } catch (fault) {
    if (fault instanceof NoSuchFile && requestedYear) return showNoSuchYear();
    // Until a year with figures has ended, the feed has no first year. The newest one is then in progress.
    const [index] = fault instanceof NoSuchFile ? await others : [];
    if (index?.latest === null && index.years.length > 0) return show(await readHeadlines(index.years[0].id), ...await others);
    showNothing();
    setTimeout(() => start(Math.min(wait * 2, LONGEST_WAIT_MS)), wait);
  }
}

// Open closed details for printing.
let opened = [];
addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('.site-split:not([open])')];
  opened.forEach((part) => { part.open = true; });
});
addEventListener('afterprint', () => opened.forEach((part) => { part.open = false; }));

place.replaceChildren(html('p', { class: 'govuk-body-l' }, 'Loading the figures…'));
announce('Loading the figures.');
start();
// Without a featured year, or without the feed, there is no description.
describe().catch(() => {});
