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

const plain = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

export function number(value, unit) {
  const text = plain.format(value).replace('-', '−');
  return unit === 'percent' ? `${text}%` : unit === 'pounds' ? `£${text}` : text;
}

/** Formats a value for a table: "1,979", "37 [e]", "[c]". */
export function short({ value, markers }, unit) {
  const marks = markers.map((marker) => `[${marker}]`).join(' ');
  return value === null ? marks || '[x]' : [number(value, unit), marks].filter(Boolean).join(' ');
}

/** Words a value for a screen reader: "1,979", "37, estimated", "not shown, to protect people". */
export function spoken({ value, markers }, unit) {
  const words = markers.map((marker) => MARKS[marker] ?? marker);
  return value === null ? words.join(', ') || MARKS.x : [number(value, unit), ...words].join(', ');
}

/** Adds the marker b to the figure of the period in which a definition changed, and of the year that contains it. */
export function withBreak(point, change, when) {
  const starts = change && point.value !== null && (change.period === when || change.period.startsWith(`${when}-`) || when === `${change.period}-Q1`);
  return starts ? { ...point, markers: ['b', ...point.markers] } : point;
}

export function markWords(markers) {
  return markers.map((marker) => MARKS[marker]).filter(Boolean);
}

/** Formats "2019-20-Q1" as ["April to June", "2019"], and "2019-20" as ["April 2019 to", "March 2020"]. */
export function periodLines(id) {
  const [, first, quarter] = /^(\d{4})-\d{2}(?:-Q([1-4]))?$/.exec(id) ?? [];
  if (!first) return [id, ''];
  if (!quarter) return [`April ${first} to`, `March ${Number(first) + 1}`];
  return [QUARTERS[quarter - 1].join(' to '), String(Number(first) + (quarter === '4' ? 1 : 0))];
}

export function period(id) {
  return periodLines(id).join(' ').trim();
}

/** Formats a quarter for the label of a bar: "Apr–Jun". */
export function quarterName(id) {
  const [months] = periodLines(id);
  return months.split(' to ').map((month) => month.slice(0, 3)).join('–');
}

export function date(text) {
  const day = new Date(text);
  return Number.isNaN(day.valueOf()) ? text : day.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/London' });
}

/** Returns true for a day that has passed in the United Kingdom. */
export function isPast(day) {
  return day < new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/London' });
}

export function dateAndTime(moment) {
  const time = new Date(moment).toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit', timeZone: 'Europe/London' });
  return `${date(moment)} at ${time}`;
}
