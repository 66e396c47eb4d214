import { forget } from './lastGood.js';

const PRESSES = 3;
const WITHIN_MS = 5_000;

const exit = document.getElementById('exit');
let presses = [];

/** Blanks the page at once, and takes its place in the history, so that Back does not return to it. */
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

// A browser that goes Back all the same may show the page as it was left.
addEventListener('pageshow', () => document.documentElement.classList.remove('leaving'));
