import './exit.js';
import { enhance } from './actions.js';
import { address } from './address.js';
import { html, link } from './element.js';
import { isYear, NoSuchFile, readDataset, readHeadlines, readIndex, readLog, readYears } from './feed.js';
import { dateAndTime } from './values.js';
import { view } from './view.js';

const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 15 * 60_000;

const main = document.getElementById('main');
const place = document.getElementById('figures');

// A page of a year that the server made says which year it shows, and of which files it was made.
const { year: madeYear, version: madeVersion } = main.dataset;
const requestedYear = madeYear ?? new URLSearchParams(location.search).get('year');

function announce(words) {
  document.getElementById('said').textContent = words;
}

async function show(year, index, log) {
  const { content } = year;
  const documents = () => readYears(index, content);
  if (madeVersion === `${index?.version} ${year.version}`) {
    enhance(main, content, documents, announce);
    announce(`This page shows the figures for ${content.period.label}.`);
    return;
  }

  const { caption, figures, releases } = view(content, index, log, await documents());
  document.getElementById('period').textContent = caption;
  place.replaceChildren(...year.isCopy ? [copyNotice(year.readAt)] : [], ...figures);
  document.getElementById('releases').replaceChildren(...releases);
  enhance(main, content, documents, announce);
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

/** Scrolls to the part or the headline named in the address, such as #tables, which did not exist when the page loaded. */
function goToPart() {
  if (location.hash.length < 2) return;
  const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  part?.scrollIntoView();
  part?.classList.add('site-here');
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
  // A page that the server made keeps its figures, with their date.
  if (madeVersion) return announce('The latest figures are unavailable. This page shows the figures of its date.');
  place.replaceChildren(banner('The figures are unavailable at the moment.',
    html('p', { class: 'govuk-body' }, 'This page will try again automatically. You can also try these files:'),
    html('ul', { class: 'govuk-list govuk-list--bullet' },
      html('li', null, link(address('headlines.csv'), 'Headline figures as a spreadsheet (CSV)')),
      html('li', null, link(address('headlines.json'), 'Headline figures as data (JSON)'))), retryButton()));
  return announce('The figures are unavailable at the moment.');
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
    // The figures that the server put into the page are at least as new as a copy in this browser.
    if (madeVersion && year.isCopy) throw new Error('The feed is unavailable.');
    await show(year, ...await others);
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

if (!madeVersion) place.replaceChildren(html('p', { class: 'govuk-body-l' }, 'Loading the figures…'));
announce('Loading the figures.');
start();
// Without a featured year, or without the feed, there is no description.
describe().catch(() => {});
