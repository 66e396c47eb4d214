import { address } from './address.js';
import { html, link, section } from './element.js';
import { date, isPast } from './values.js';

const FILES = {
  'headlines.csv': 'Headline figures as a spreadsheet (CSV)',
  'headlines.csv-metadata.json': 'Description of the spreadsheet’s columns (CSV on the Web)',
  'headlines.json': 'Everything on this page as data (JSON)',
  'breakdowns.json': 'Breakdowns and tables as data (JSON-stat)',
  'annual-report.docx': 'Annual report to edit, with tables and charts (Word)',
  'annual-report.xlsx': 'All tables of the annual report (Excel)',
  'annual-report.json': 'The annual report as data (JSON)',
};

const ORDER = Object.keys(FILES);

/** The files that every year has. The others are listed in index.json. */
const ALWAYS = ORDER.filter((name) => !name.startsWith('annual-report'));

/** Creates the list of files of the year that is shown. */
export function downloads(document, index) {
  const files = index?.years?.find((year) => year.id === document.period.id)?.files
    ?? ALWAYS.map((name) => ({ name, path: `${document.period.id}/${name}` }));
  const sorted = files.toSorted((one, other) => ORDER.indexOf(one.name) - ORDER.indexOf(other.name));
  return section('downloads', 'Downloads',
    html('p', { class: 'govuk-body' }, `The figures for ${document.period.label}. Hidden numbers are also hidden in these files.`),
    html('ul', { class: 'govuk-list govuk-list--bullet' },
      sorted.map(({ name, path }) => html('li', null, link(address(path), FILES[name] ?? name)))));
}

/** Creates the list of releases with their dates and changes. */
export function history(index, log) {
  return section('history', 'Release history',
    index?.nextRelease ? html('p', { class: 'govuk-body' }, isPast(index.nextRelease)
      ? `The release announced for ${date(index.nextRelease)} is late.`
      : `The next release is planned for ${date(index.nextRelease)}. We may publish corrections earlier.`) : null,
    index?.about?.calendar ? html('p', { class: 'govuk-body' }, link(address('calendar.ics'), 'Add the coming releases to your calendar (ICS)')) : null,
    index?.releases ? entries(index.releases, log)
      : html('p', { class: 'govuk-body' }, 'The list of releases is unavailable at the moment.'),
    index?.earlier ? earlier(index.earlier) : null,
    html('p', { class: 'govuk-body' }, link(address('changes.atom'), 'Follow the releases in a feed reader (Atom)')));
}

function entries(releases, log) {
  return releases.toSorted((one, other) => other.number - one.number).map((release) => entry(release, log?.get(release.number) ?? []));
}

/** Creates the place of earlier releases. Script puts a button there, which names the page of the history that it shows. */
function earlier(path) {
  return html('div', { class: 'site-earlier', 'data-page': path }, html('p', { class: 'govuk-body' }, link(address(path), 'Earlier releases (JSON)')));
}

/** Creates the releases of a page of the history, and the place of the page before it. */
export function historyPage({ releases, log, earlier: path }) {
  return [...entries(releases, log), ...path ? [earlier(path)] : []];
}

function entry({ number, published, status, path, years, takenDown }, lines) {
  return html('div', { class: 'site-release' },
    html('h3', { class: 'govuk-heading-s' }, `Release ${number}, ${date(published)}: ${years?.length ? years.map((year) => `${year.id} ${year.stage.replace('-', ' ')}`).join(', ') : status}`),
    lines.length > 1
      ? html('ul', { class: 'govuk-list govuk-list--bullet' }, lines.map((line) => html('li', null, line)))
      : lines.map((line) => html('p', { class: 'govuk-body' }, line)),
    takenDown ? null : html('p', { class: 'govuk-body' }, link(address(path), `Release ${number} as it was published (JSON)`)));
}
