import './exit.js';
import { address } from './address.js';
import { html } from './element.js';

const SCRIPT = new URL('dasv.v1.js', location.href).href;
const PAGE = new URL('.', location.href).href;

/** Returns the code of an example, with the addresses of this site. */
function codeOf(example) {
  return example.textContent.replaceAll('ADDRESS/', PAGE);
}

function copyButton(code, name) {
  const said = html('span', { class: 'govuk-body-s', role: 'status' });
  const button = html('button', { class: 'govuk-button govuk-button--secondary site-again', type: 'button' }, 'Copy code', html('span', { class: 'govuk-visually-hidden' }, `: ${name}`));
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code());
      said.textContent = ' The code is copied.';
    } catch {
      said.textContent = ' Your browser does not allow this. Select the code, and copy it.';
    }
  });
  return html('p', { class: 'govuk-body' }, button, said);
}

for (const example of document.querySelectorAll('.site-code')) {
  const code = codeOf(example);
  example.querySelector('code').textContent = code;
  example.after(copyButton(() => code, example.getAttribute('aria-label')));
}

/** Lists every headline with its id and a button that copies its code. */
async function list() {
  const answer = await fetch(address('headlines.json'), { credentials: 'omit' });
  if (!answer.ok) return;
  const { headlines } = await answer.json();
  document.getElementById('ids').replaceChildren(...headlines.map(({ id, title }) => html('div', { class: 'govuk-summary-list__row' },
    html('dt', { class: 'govuk-summary-list__key' }, id),
    html('dd', { class: 'govuk-summary-list__value' }, title,
      copyButton(() => `<script src="${SCRIPT}" async></script>\n<dasv-headline id="${id}"><a href="${PAGE}#${id}">${escape(title)}</a></dasv-headline>`, title)))));
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

// Without the feed, the page still has its examples.
list().catch(() => {});
