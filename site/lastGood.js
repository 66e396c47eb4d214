const PREFIX = 'figures:';

/** Stores a copy of a file. If the browser does not allow storage, there is no copy. */
export function keep(address, text) {
  try {
    localStorage.setItem(PREFIX + address, JSON.stringify({ readAt: Date.now(), text }));
  } catch {
    // Storage is full or not allowed.
  }
}

/** Returns the stored copy of a file, or null. */
export function kept(address) {
  try {
    const copy = JSON.parse(localStorage.getItem(PREFIX + address));
    return typeof copy?.text === 'string' && typeof copy.readAt === 'number' ? copy : null;
  } catch {
    return null;
  }
}

/** Deletes everything that this page has stored. */
export function forget() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // Without storage there is nothing to delete.
  }
}
