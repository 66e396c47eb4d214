import { address } from './address.js';
import { keep, kept } from './lastGood.js';

const TIMEOUT_MS = 10_000;

/** The feed does not contain the file. This is different from a feed that is unavailable. */
export class NoSuchFile extends Error {}

export function isYear(text) {
  return /^\d{4}-\d{2}$/.test(text ?? '');
}

/** Reads the headlines of a year, or of the latest year for null. The result has the time of reading, its version, and whether it is a copy. */
export async function readHeadlines(year) {
  const path = year ? `${year}/headlines.json` : 'headlines.json';
  return read(path, (text) => {
    const content = JSON.parse(text);
    if (!Array.isArray(content.headlines) || !content.release || !content.period) throw new Error('This is not a file of headlines.');
    return content;
  }, isOlder);
}

export async function readIndex() {
  const { content: index, version } = await read('index.json', (text) => {
    const content = JSON.parse(text);
    if (!Array.isArray(content.years) || !Array.isArray(content.releases)) throw new Error('This is not an index.');
    return content;
  });
  return { ...index, version };
}

/** Reads the headlines of every year that the index lists. A year that cannot be read is left out. The shown year is not read again. */
export async function readYears(index, shown) {
  const years = (index?.years ?? []).map(({ id }) => (id === shown.period.id ? shown : readHeadlines(id).then(({ content }) => content, () => null)));
  const documents = (await Promise.all(years)).filter(Boolean);
  return documents.includes(shown) ? documents : [...documents, shown];
}

/** Reads the changes of each of the newest releases as lines of text, by the release's number. */
export async function readLog() {
  return (await read('changes.atom', entries)).content;
}

/** Reads a page of earlier releases, named by the index or by another page, with their changes. */
export async function readHistory(path) {
  const [page, log] = await Promise.all([
    read(path, (text) => JSON.parse(text)),
    read(path.replace(/\.json$/, '.atom'), entries),
  ]);
  return { ...page.content, log: log.content };
}

/** Reads the description of the feed for search engines. */
export async function readDataset() {
  return (await read('dataset.json', (text) => JSON.parse(text))).content;
}

async function read(path, parse, isOutdated = () => false) {
  const from = address(path);
  const before = kept(from);
  try {
    const answer = await fetch(from, { signal: AbortSignal.timeout(TIMEOUT_MS), credentials: 'omit' });
    if (answer.status === 404) throw new NoSuchFile(path);
    if (!answer.ok) throw new Error(`The feed answered ${answer.status}.`);
    const text = await answer.text();
    const content = parse(text);
    // A cache may return an older release than the stored one.
    if (before && isOutdated(content, parse(before.text))) return { content: parse(before.text), readAt: before.readAt, isCopy: false };
    keep(from, text);
    return { content, readAt: Date.now(), isCopy: false, version: versionOf(answer) };
  } catch (fault) {
    if (!before) throw fault;
    return { content: parse(before.text), readAt: before.readAt, isCopy: true };
  }
}

/** Returns the ETag without its marks. A compressed file has the weak form of the same one. */
function versionOf(answer) {
  return answer.headers.get('ETag')?.replace(/^W\//, '').replaceAll('"', '') ?? null;
}

function isOlder(now, before) {
  return now.release.number < before.release.number && now.release.published < before.release.published;
}

function entries(text) {
  const log = new DOMParser().parseFromString(text, 'application/xml');
  if (log.querySelector('parsererror')) throw new Error('This is not a log of releases.');
  return new Map([...log.getElementsByTagName('entry')].map((entry) => {
    const textOf = (name) => entry.getElementsByTagName(name)[0]?.textContent ?? '';
    return [Number(/^Release (\d+)/.exec(textOf('title'))?.[1]), textOf('summary').split('\n').filter(Boolean)];
  }));
}
