import { address, yearAddress } from './address.js';
import { html, link, section } from './element.js';
import { headline } from './headline.js';
import { crossTable } from './table.js';
import { date, isPast, period } from './values.js';

const STATUSES = {
  final: ['Final', 'green', 'The Partnership has signed off these figures.'],
  revised: ['Revised', 'blue', 'The Partnership has corrected these figures since it first signed them off.'],
};

const STAGES = {
  'in-progress': ['So far this year', 'yellow', 'The year has not ended. These are the figures for the months so far.'],
  'under-review': ['Under review', 'yellow', 'The Partnership is checking these figures again. They stay as they were signed off until it has finished.'],
};

const PROVISIONAL = ['Provisional', 'yellow', 'The Partnership has not signed off these figures yet. They may still change.'];

/** Creates the status of the figures and their dates. */
export function about({ release, period: { id } }, index) {
  const [name, colour, meaning] = statusOf(release);
  const isOlder = index?.latest && id < index.latest;
  return html('div', { class: 'site-status' },
    html('div', { class: 'site-about' },
      html('p', null, html('strong', { class: `govuk-tag govuk-tag--${colour}` }, name)),
      html('p', { class: 'govuk-body' }, `Published ${date(release.published)}`),
      index?.nextRelease && !isPast(index.nextRelease) ? html('p', { class: 'govuk-body' }, `Next release ${date(index.nextRelease)}`) : null,
      isOlder ? html('p', { class: 'govuk-body' }, link(yearAddress(index.latest), 'See the latest year')) : null),
    html('p', { class: 'govuk-body site-status__meaning' }, meaning),
    release.note ? html('p', { class: 'govuk-inset-text' }, release.note) : null,
    release.reason ? html('p', { class: 'govuk-inset-text' }, release.reason) : null);
}

function statusOf(release) {
  return STAGES[release.stage] ?? STATUSES[release.status] ?? PROVISIONAL;
}

/** Creates what a careful reader needs to know: what kind of figures they are, and what they lack. */
export function quality({ completeness }, index) {
  const gaps = missing(completeness);
  if (!gaps && !index?.about) return null;
  return section('quality', 'About these figures',
    index?.about?.status ? html('p', { class: 'govuk-body' }, index.about.status) : null,
    gaps,
    index?.about ? html('p', { class: 'govuk-body' }, link(address(index.about.page), 'Sources, definitions and limits')) : null);
}

/** Creates links to the other years. They work without script. */
export function yearPicker(index, shown) {
  if (!index?.years || index.years.length < 2) return null;
  return html('nav', { class: 'site-years', 'aria-label': 'Years' },
    html('ul', { class: 'site-contents govuk-body' }, index.years.map(({ id, label }) => html('li', null, id === shown
      ? html('strong', { 'aria-current': 'page' }, label)
      : link(yearAddress(id), label)))));
}

export function headlines(document, documents) {
  const { release, headlines: items, completeness } = document;
  return section('headlines', 'Key headlines',
    html('p', { class: 'govuk-body' }, comparison(release, items), ...incomplete(completeness)),
    html('div', { class: 'site-cards' }, items.map((item) => headline(item, document, documents))),
    legend(documents));
}

/** Creates the explanation of the charts' marks. */
function legend(documents) {
  const marks = documents.length < 2 ? [] : [
    'filled: final', 'open: may still change', 'diamond: the year has not ended', 'no line: the figures on its sides cannot be compared',
  ];
  return html('p', { class: 'govuk-body-s site-legend' }, `In the charts, a dashed box marks a figure that is not shown or not available.${marks.length > 0 ? ` By year: ${marks.join('; ')}.` : ''}`);
}

function incomplete({ missing: returns, gaps }) {
  const count = (returns ?? []).length + (gaps ?? []).length;
  return count === 0 ? [] : [' ', link('#quality', count === 1 ? '1 return is incomplete' : `${count} returns are incomplete`), '.'];
}

function comparison(release, items) {
  if (release.stage === 'in-progress') return 'We compare the months so far with the same months of the year before, if both are complete.';
  return items.some((item) => item.change)
    ? 'We show the change from the year before if the figures for both years are complete.'
    : 'We do not show changes, because the figures for the year before are not complete.';
}

export function tables({ tables: items }) {
  if (!items || items.length === 0) return null;
  return section('tables', 'Tables',
    html('p', { class: 'govuk-body' }, '[c] means not shown, to protect people. [x] means not available.'),
    items.map((table) => [crossTable(table), table.notes.map((note) => html('p', { class: 'govuk-body-s' }, note))]).flat(2));
}

function missing({ missing: returns, gaps }) {
  const lists = [['These figures do not yet include:', returns ?? []], ['Some figures were not reported in:', gaps ?? []]].filter(([, items]) => items.length > 0);
  if (lists.length === 0) return null;
  return html('div', { class: 'govuk-inset-text' }, lists.map(([title, items]) => [
    html('p', { class: 'govuk-body' }, title),
    html('ul', { class: 'govuk-list govuk-list--bullet' },
      items.map((item) => html('li', null, `${item.agencyName ?? item.agency}: ${item.returnTitle ?? item.return}, ${period(item.period)}`)))]).flat());
}
