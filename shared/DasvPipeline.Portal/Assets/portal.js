// Progressive enhancement: every page works without it.
import { initAll } from './govuk-frontend.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();

/** Sends a file and shows its progress. If the response is not another page, sends it again as a normal form, which shows the error. */
function withProgress(form) {
  form.addEventListener('submit', (event) => {
    const file = form.querySelector('input[type=file]')?.files[0];
    if (event.defaultPrevented || event.submitter?.value !== 'send' || !file || form.dataset.plain) return;
    event.preventDefault();

    const area = form.querySelector('[data-progress]');
    const [bar, words] = [area.querySelector('progress'), area.querySelector('[role=status]')];
    const fields = new FormData(form, event.submitter);
    const request = new XMLHttpRequest();
    const sendNormally = () => {
      form.dataset.plain = 'yes';
      area.hidden = true;
      form.requestSubmit(event.submitter);
    };
    let reported = -1;
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      const percent = Math.floor((loaded / total) * 100);
      bar.value = percent;
      const step = Math.floor(percent / 25) * 25;
      if (step > reported) {
        reported = step;
        words.textContent = percent < 100 ? `${percent}% sent` : 'Sent. We are checking your file…';
      }
    });
    request.addEventListener('load', () => {
      if (request.status === 200 && request.responseURL !== form.action) location.assign(request.responseURL);
      else sendNormally();
    });
    request.addEventListener('error', sendNormally);
    area.hidden = false;
    words.textContent = 'Sending…';
    request.open('POST', form.action);
    request.send(fields);
  });
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
    if (files.length === 1) field.files = files;
    hint.textContent = files.length === 1 ? `${files[0].name} is chosen. Nothing has been sent yet.` : 'Drop only 1 file. You can send 1 file at a time.';
  });
}

document.querySelectorAll('[data-drop]').forEach(withDrop);
document.querySelectorAll('form[data-upload]').forEach(withProgress);

// The file is still being checked: reload the page automatically.
if (document.querySelector('[data-look-again]')) setTimeout(() => location.reload(), 3_000);
