// Progressive enhancement: every page works without it.
import { initAll } from './govuk-frontend.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();

const LOST = 'The connection was lost. We do not know whether we received this. Nothing on this page is lost. Check your connection, and press the button again.';

/** Says at a form why it was not sent. */
function say(form, sentence) {
  let place = form.querySelector('[data-problem]');
  if (!place) {
    place = document.createElement('div');
    place.className = 'govuk-inset-text portal-problem';
    place.dataset.problem = '';
    place.setAttribute('role', 'alert');
    form.prepend(place);
  }
  place.textContent = sentence;
  place.scrollIntoView({ block: 'nearest' });
}

/** Sends a form once. Without a connection, it stays on the page with all that was entered. */
function sendOnce(form) {
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    if (!navigator.onLine) {
      event.preventDefault();
      say(form, 'There is no connection. Nothing was sent, and nothing on this page is lost. Press the button again when you are connected.');
    } else if (form.dataset.sending) {
      event.preventDefault();
    } else {
      form.dataset.sending = 'yes';
    }
  });
  addEventListener('pageshow', () => { delete form.dataset.sending; });
}

/**
 * Sends a form without leaving the page, and shows the progress of a file. If the sign-in or the connection is lost, the file and the
 * figures are still here. If the response is a page about what was sent, sends it again as a normal form, which shows that page.
 */
function keepUntilSent(form) {
  form.addEventListener('submit', (event) => {
    const file = form.querySelector('input[type=file]');
    if (event.defaultPrevented || form.dataset.plain || (file && !file.files.length)) return;
    event.preventDefault();

    const area = form.querySelector('[data-progress]');
    const [bar, words] = [area?.querySelector('progress'), area?.querySelector('[role=status]')];
    const fields = new FormData(form, event.submitter);
    const request = new XMLHttpRequest();
    const stop = () => {
      delete form.dataset.sending;
      if (area) area.hidden = true;
    };
    let reported = -1;
    if (area) {
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        const percent = Math.floor((loaded / total) * 100);
        bar.value = percent;
        const step = Math.floor(percent / 25) * 25;
        if (step > reported) {
          reported = step;
          words.textContent = percent < 100 ? `${percent}% sent` : 'Sent. We are checking your file…';
        }
      });
      area.hidden = false;
      words.textContent = 'Sending…';
    }
    request.addEventListener('load', () => {
      const problem = request.getResponseHeader('Form-Problem');
      if (request.status === 200 && request.responseURL !== form.action) {
        location.assign(request.responseURL);
        return;
      }
      stop();
      if (problem) {
        say(form, problem);
      } else {
        form.dataset.plain = 'yes';
        form.requestSubmit(event.submitter);
      }
    });
    request.addEventListener('error', () => {
      stop();
      say(form, LOST);
    });
    request.open('POST', form.action);
    request.send(fields);
  });
  addEventListener('pageshow', () => { delete form.dataset.plain; });
}

/** Adds up the numbers that are entered. It only adds: the server checks them. */
function withTotal(total) {
  const fields = total.dataset.total.split(' ').map((id) => document.getElementById(id));
  const numberOf = ({ value }) => (/^[£\s]*[\d,]+(\.\d+)?\s*$/.test(value) ? Number(value.replace(/[£,\s]/g, '')) : NaN);
  fields.forEach((field) => field.addEventListener('input', () => {
    const numbers = fields.map(numberOf);
    const sum = numbers.filter((number) => !Number.isNaN(number)).reduce((before, number) => before + number, 0);
    total.textContent = sum.toLocaleString('en-GB', { maximumFractionDigits: 2 }) + (numbers.some(Number.isNaN) ? ' so far' : '');
  }));
}

/** Accepts a file dropped anywhere on the area. The design system's own component gives the field a name that is not its label. */
function withDrop(area) {
  const field = area.querySelector('input[type=file]');
  const hint = document.createElement('p');
  hint.className = 'govuk-hint portal-drop__hint';
  hint.setAttribute('role', 'status');
  const showInvitation = () => { hint.textContent = 'Or drop the file here.'; };
  showInvitation();
  area.append(hint);
  field.addEventListener('change', showInvitation);
  const highlight = (isOver) => (event) => {
    event.preventDefault();
    area.classList.toggle('portal-drop--over', isOver);
  };
  area.addEventListener('dragover', highlight(true));
  area.addEventListener('dragleave', highlight(false));
  area.addEventListener('drop', (event) => {
    highlight(false)(event);
    const { files } = event.dataTransfer;
    const fits = files.length === 1 || (field.multiple && files.length > 1);
    if (fits) field.files = files;
    hint.textContent = !fits ? 'Drop only 1 file. You can send 1 file at a time.'
      : files.length === 1 ? `${files[0].name} is chosen. Nothing has been sent yet.` : `${files.length} files are chosen. Nothing has been sent yet.`;
  });
}

document.querySelectorAll('[data-drop]').forEach(withDrop);
document.querySelectorAll('[data-total]').forEach(withTotal);
document.querySelectorAll('form[method=post]').forEach(sendOnce);
document.querySelectorAll('form[data-upload], form[data-keep]').forEach(keepUntilSent);

// The file is still being checked: reload the page automatically.
if (document.querySelector('[data-look-again]')) setTimeout(() => location.reload(), 3_000);
