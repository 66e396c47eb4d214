import { html, link } from './element.js';
import { downloads, history } from './releases.js';
import { about, headlines, quality, tables, yearPicker } from './year.js';

const PARTS = { headlines: 'Key headlines', tables: 'Tables', quality: 'About these figures', protect: 'How we protect people', downloads: 'Downloads', history: 'Release history' };

/**
 * Creates the parts of the page of a year that depend on the feed. The browser and the server both use it.
 * @param content The headlines of the year.
 * @param index The index of the feed; null if it is unavailable.
 * @param log The changes of each release by its number; null if they are unavailable.
 * @param documents The headlines of every year.
 */
export function view(content, index, log, documents) {
  const parts = [headlines(content, documents), tables(content), quality(content, index)].filter(Boolean);
  return {
    caption: `Cambridgeshire and Peterborough, ${content.period.label}`,
    figures: [about(content, index), yearPicker(index, content.period.id), contents(parts), ...parts].filter(Boolean),
    releases: [downloads(content, index), history(index, log)],
  };
}

function contents(parts) {
  const ids = new Set([...parts.map((part) => part.id), 'protect', 'downloads', 'history']);
  return html('nav', { 'aria-label': 'On this page' },
    html('ul', { class: 'site-contents govuk-body' }, Object.entries(PARTS).filter(([id]) => ids.has(id)).map(([id, name]) => html('li', null, link(`#${id}`, name)))));
}
