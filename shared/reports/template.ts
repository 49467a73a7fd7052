import type { Part } from './report.ts';

/**
 * Fills a template. `{name}` stands for what `resolve` gives; a stretch in `[…]` is left out when something in it has
 * no figure. Undefined when something outside of brackets has none: there is no sentence without its number.
 */
export function fillTemplate(
  template: string,
  resolve: (name: string) => readonly Part[] | undefined,
): Part[] | undefined {
  const parts: Part[] = [];
  for (const [, optional, plain = ''] of template.matchAll(/\[([^\]]*)\]|([^[\]]+)/g)) {
    const filled = fillStretch(optional ?? plain, resolve);
    if (filled === undefined && optional === undefined) return undefined;
    parts.push(...(filled ?? []));
  }
  return joined(parts);
}

function fillStretch(
  stretch: string,
  resolve: (name: string) => readonly Part[] | undefined,
): Part[] | undefined {
  const parts: Part[] = [];
  for (const [, name, words = ''] of stretch.matchAll(/\{([^}]+)\}|([^{}]+)/g)) {
    const filled = name === undefined ? [words] : resolve(name);
    if (filled === undefined) return undefined;
    parts.push(...filled);
  }
  return parts;
}

/** Neighbouring words as one. */
function joined(parts: readonly Part[]): Part[] {
  return parts.reduce<Part[]>((all, part) => {
    const last = all.at(-1);
    if (typeof part === 'string' && typeof last === 'string') return [...all.slice(0, -1), last + part];
    return [...all, part];
  }, []);
}
