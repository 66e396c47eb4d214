const PREFIX = 'figures:';

/** Keeps a file as it was read. A browser that keeps nothing for pages only loses the copy. */
export function keep(address, text) {
  try {
    localStorage.setItem(PREFIX + address, JSON.stringify({ readAt: Date.now(), text }));
  } catch {
    // Full or forbidden.
  }
}

/** What was kept of a file, or null. */
export function kept(address) {
  try {
    const copy = JSON.parse(localStorage.getItem(PREFIX + address));
    return typeof copy?.text === 'string' && typeof copy.readAt === 'number' ? copy : null;
  } catch {
    return null;
  }
}

/** Leaves nothing of this page behind in the browser's store. */
export function forget() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // There is nothing to forget where nothing can be kept.
  }
}
