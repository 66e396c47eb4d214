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

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

let clock = () => new Date();

/** Sets the clock, for pages that are not made in a browser. */
export function setClock(read) {
  clock = read;
}

/** Formats a number with commas and at most one decimal place, without the language tables of a browser. */
export function number(value, unit) {
  const rounded = Math.round(Math.abs(value) * 10) / 10;
  const [whole, part] = String(rounded).split('.');
  const text = `${value < 0 && rounded > 0 ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${part ? `.${part}` : ''}`;
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

/** Formats a day or a moment as a day in the United Kingdom: "1 June 2020". */
export function date(text) {
  const moment = new Date(text);
  if (Number.isNaN(moment.valueOf())) return text;
  const day = inUk(moment);
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** Returns true for a day that has passed in the United Kingdom. */
export function isPast(day) {
  return day < inUk(clock()).toISOString().slice(0, 10);
}

export function dateAndTime(moment) {
  const time = inUk(new Date(moment));
  return `${date(moment)} at ${time.getUTCHours()}:${String(time.getUTCMinutes()).padStart(2, '0')}`;
}

/** Returns a moment whose UTC parts are those of the clocks in the United Kingdom. */
function inUk(moment) {
  const year = moment.getUTCFullYear();
  const isSummer = moment >= lastSunday(year, 2) && moment < lastSunday(year, 9);
  return new Date(moment.valueOf() + (isSummer ? 3_600_000 : 0));
}

/** Returns 1am UTC on the last Sunday of a month with 31 days. The clocks change then. */
function lastSunday(year, month) {
  const last = new Date(Date.UTC(year, month, 31, 1));
  last.setUTCDate(31 - last.getUTCDay());
  return last;
}
