import { forget } from './lastGood.js';

const PRESSES = 3;
const WITHIN_MS = 5_000;

const exit = document.getElementById('exit');
let presses = [];

/** Hides the page immediately, and replaces it in the history, so that Back does not return to it. */
function leave() {
  document.documentElement.classList.add('leaving');
  document.title = 'Loading';
  forget();
  location.replace(exit.href);
}

exit.addEventListener('click', (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener('keyup', (event) => {
  if (event.key !== 'Shift') {
    presses = [];
    return;
  }
  presses = [...presses, event.timeStamp].filter((time) => event.timeStamp - time < WITHIN_MS);
  if (presses.length >= PRESSES) leave();
});

// A browser that still goes back may show the hidden page, so show it again.
addEventListener('pageshow', () => document.documentElement.classList.remove('leaving'));
