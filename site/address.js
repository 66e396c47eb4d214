let feedRoot = null;
let yearPattern = null;

/** Sets where the feed and the pages of the years are, for pages that are not made in a browser. */
export function setPlaces(feed, years) {
  feedRoot = feed;
  yearPattern = years;
}

/** Returns the address of a file of the feed, using the page's setting. */
export function address(path) {
  if (feedRoot !== null) return /^[a-z]+:/i.test(path) ? path : feedRoot + path;
  return new URL(path, new URL(setting('feed'), document.baseURI)).href;
}

/** Returns the address of the page of a year, or of a headline on it. It works without script if the page was made by the server. */
export function yearAddress(year, headline) {
  const page = (yearPattern ?? setting('years')).replace('{year}', year);
  return headline ? `${page}#${headline}` : page;
}

function setting(name) {
  return document.querySelector(`meta[name="${name}"]`).content;
}
