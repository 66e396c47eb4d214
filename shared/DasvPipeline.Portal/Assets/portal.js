// What script adds; every page works without.
import { initAll } from './govuk-frontend.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();

/** Sends a file with its progress shown. Whatever does not end on another page is sent again the plain way, which says why. */
function withProgress(form) {
  form.addEventListener('submit', (event) => {
    const file = form.querySelector('input[type=file]')?.files[0];
    if (event.defaultPrevented || event.submitter?.value !== 'send' || !file || form.dataset.plain) return;
    event.preventDefault();

    const area = form.querySelector('[data-progress]');
    const [bar, words] = [area.querySelector('progress'), area.querySelector('[role=status]')];
    const fields = new FormData(form, event.submitter);
    const request = new XMLHttpRequest();
    const plainly = () => {
      form.dataset.plain = 'yes';
      area.hidden = true;
      form.requestSubmit(event.submitter);
    };
    let told = -1;
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      const percent = Math.floor((loaded / total) * 100);
      bar.value = percent;
      const step = Math.floor(percent / 25) * 25;
      if (step > told) {
        told = step;
        words.textContent = percent < 100 ? `${percent}% sent` : 'Sent. Your file is being read…';
      }
    });
    request.addEventListener('load', () => {
      if (request.status === 200 && request.responseURL !== form.action) location.assign(request.responseURL);
      else plainly();
    });
    request.addEventListener('error', plainly);
    area.hidden = false;
    words.textContent = 'Sending…';
    request.open('POST', form.action);
    request.send(fields);
  });
}

/** Takes a file that is dropped anywhere on the area, as the field itself does; the design system's own gives it a name that is not its label. */
function withDrop(area) {
  const field = area.querySelector('input[type=file]');
  const hint = document.createElement('p');
  hint.className = 'govuk-hint portal-drop__hint';
  hint.setAttribute('role', 'status');
  const invite = () => { hint.textContent = 'Or drop the file here.'; };
  invite();
  area.append(hint);
  field.addEventListener('change', invite);
  const over = (is) => (event) => {
    event.preventDefault();
    area.classList.toggle('portal-drop--over', is);
  };
  area.addEventListener('dragover', over(true));
  area.addEventListener('dragleave', over(false));
  area.addEventListener('drop', (event) => {
    over(false)(event);
    const { files } = event.dataTransfer;
    if (files.length === 1) field.files = files;
    hint.textContent = files.length === 1 ? `${files[0].name} is chosen. Nothing has been sent yet.` : 'Drop one file: a return is one file at a time.';
  });
}

document.querySelectorAll('[data-drop]').forEach(withDrop);
document.querySelectorAll('form[data-upload]').forEach(withProgress);

// A file that is still being read: the page looks again by itself.
if (document.querySelector('[data-look-again]')) setTimeout(() => location.reload(), 3_000);
