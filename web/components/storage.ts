type Area = 'localStorage' | 'sessionStorage';

/** Keys of steps that were begun at the desk and not sent. */
export const BEGUN_PREFIX = 'step ';

/*
 * Browsers in private mode, or told to block site data, throw on any access. The pages then work without a
 * memory instead of not at all.
 */

export function keep(area: Area, key: string, value: unknown): void {
  try {
    window[area].setItem(key, JSON.stringify(value));
  } catch {
    // Nothing to do: what is typed still stands in the page.
  }
}

export function kept(area: Area, key: string): unknown {
  try {
    const text = window[area].getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function forget(area: Area, key: string): void {
  try {
    window[area].removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}

export function forgetAll(area: Area, prefix: string): void {
  try {
    for (const key of Object.keys(window[area])) if (key.startsWith(prefix)) window[area].removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}
