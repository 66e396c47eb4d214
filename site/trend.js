import { withBreak } from './values.js';

/** Returns the figure of a headline in each year from the first to the last, with a gap for a year that has no figures. */
export function yearsOf(id, documents) {
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
