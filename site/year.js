import { html, link, section } from './element.js';
import { address } from './feed.js';
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

/** Creates the status of the figures, with their dates and missing returns. */
export function about({ release, completeness }, index) {
  const [name, colour, meaning] = STAGES[release.stage] ?? STATUSES[release.status] ?? PROVISIONAL;
  return html('div', null,
    html('div', { class: 'site-about' },
      html('p', null, html('strong', { class: `govuk-tag govuk-tag--${colour}` }, name)),
      html('p', { class: 'govuk-body' }, `Published ${date(release.published)}`),
      index?.nextRelease && !isPast(index.nextRelease) ? html('p', { class: 'govuk-body' }, `Next release ${date(index.nextRelease)}`) : null),
    index?.about?.status ? html('p', { class: 'govuk-body' }, index.about.status) : null,
    index?.about ? html('p', { class: 'govuk-body' }, link(address(index.about.page), 'About these figures')) : null,
    html('p', { class: 'govuk-body' }, meaning),
    release.note ? html('p', { class: 'govuk-inset-text' }, release.note) : null,
    release.reason ? html('p', { class: 'govuk-inset-text' }, release.reason) : null,
    missing(completeness));
}

/** Creates a form to choose a year, which the browser submits without scripts. */
export function yearPicker(index, shown) {
  if (!index?.years || index.years.length < 2) return null;
  return html('form', { class: 'site-years', method: 'get' },
    html('div', null,
      html('label', { class: 'govuk-label', for: 'year' }, 'Choose a year'),
      html('select', { class: 'govuk-select', id: 'year', name: 'year', autocomplete: 'off' },
        index.years.map(({ id, label }) => html('option', { value: id, ...(id === shown && { selected: '' }) }, label)))),
    html('button', { class: 'govuk-button govuk-button--secondary' }, 'Show this year'));
}

export function headlines({ release, headlines: items }) {
  return section('headlines', 'Key headlines',
    html('p', { class: 'govuk-body' }, comparison(release, items)),
    html('div', { class: 'site-cards' }, items.map(headline)));
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
