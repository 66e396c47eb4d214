import { yearAddress } from './address.js';
import { html } from './element.js';
import { readHistory } from './feed.js';
import { historyPage } from './releases.js';

const FILES = { csv: 'CSV', xlsx: 'Excel', svg: 'Picture (SVG)', png: 'Picture (PNG)' };

/**
 * Adds the buttons that need script: to copy, share and save a headline, and to show earlier releases.
 * @param documents Reads the headlines of every year.
 * @param announce Says a sentence to users of a screen reader.
 */
export function enhance(main, content, documents, announce) {
  for (const item of content.headlines) {
    const place = document.getElementById(item.id)?.querySelector('.site-share__buttons');
    place?.replaceChildren(...buttonsOf(item, content, documents, announce));
  }

  for (const place of main.querySelectorAll('.site-earlier')) addEarlier(place);
}

function buttonsOf(item, content, documents, announce) {
  const address = new URL(yearAddress(content.period.id, item.id), location.href).href;
  const said = html('p', { class: 'govuk-body-s site-share__said' });
  const say = (words) => {
    said.textContent = words;
    announce(words);
  };
  return [
    button('Copy link', item, () => navigator.clipboard.writeText(address).then(() => say('The link is copied.'), () => say(`Copy this link: ${address}`))),
    navigator.share ? button('Share', item, () => navigator.share({ title: item.title, text: item.sentence, url: address }).catch(() => {})) : null,
    ...Object.entries(FILES).map(([kind, name]) => button(name, item, () => save(kind, item, content, documents, address).then(
      () => say(`The file is saved: ${name}.`), () => say('The file could not be made. Try again.')))),
    said,
  ].filter(Boolean);
}

function button(name, { title }, act) {
  const made = html('button', { class: 'govuk-button govuk-button--secondary', type: 'button' }, name, html('span', { class: 'govuk-visually-hidden' }, `: ${title}`));
  made.addEventListener('click', act);
  return made;
}

async function save(kind, item, content, documents, address) {
  const { createFile } = await import('./download.js');
  const file = await createFile(kind, item, content, await documents(), address);
  const where = URL.createObjectURL(file);
  const anchor = html('a', { href: where, download: `${item.id}-${content.period.id}.${kind}` });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(where), 60_000);
}

/** Replaces the link to a page of the history by a button, which is replaced by the page. */
function addEarlier(place) {
  const made = html('button', { class: 'govuk-button govuk-button--secondary', type: 'button' }, 'Show earlier releases');
  made.addEventListener('click', async () => {
    made.disabled = true;
    try {
      place.replaceChildren(...historyPage(await readHistory(place.dataset.page)));
      const heading = place.querySelector('h3');
      heading.tabIndex = -1;
      heading.focus();
      for (const next of place.querySelectorAll('.site-earlier')) addEarlier(next);
    } catch {
      made.disabled = false;
      made.textContent = 'The earlier releases are unavailable at the moment. Try again';
    }
  });
  place.replaceChildren(made);
}
