import { withBreak } from './values.js';

/** Marks the figures of the year in which the definition changed. */
export function marked(item) {
  if (!item.break) return item;
  const year = item.break.period.slice(0, 7);
  return {
    ...withBreak(item, item.break, year),
    series: item.series.map((point) => withBreak(point, item.break, point.period)),
    breakdowns: item.breakdowns.map((breakdown) => ({ ...breakdown, items: breakdown.items.map((part) => withBreak(part, item.break, year)) })),
  };
}
