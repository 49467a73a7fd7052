import type { Format } from './write.ts';

/** What an address below the endpoint means. `format` is the one asked for. */
export interface Resource {
  name: 'discovery' | 'services' | 'service' | 'requests' | 'request' | 'token' | 'comments';
  id?: string;
  format: Format;
}

const LISTS: Readonly<Record<string, Resource['name']>> = {
  discovery: 'discovery',
  services: 'services',
  requests: 'requests',
};
const SINGLE: Readonly<Record<string, Resource['name']>> = {
  services: 'service',
  requests: 'request',
  tokens: 'token',
};

/**
 * Reads the path below the endpoint: `services.xml`, `services/food.json`, `requests.json`,
 * `requests/261121-483729-2.xml`, `tokens/….xml`, `discovery.json`, and our own `requests/{id}/comments.json`.
 * Undefined for all else, also for a format that is not offered.
 */
export function parseResource(path: string): Resource | undefined {
  const match = /^\/?(.+)\.(xml|json)$/i.exec(path);
  if (match === null) return undefined;
  const [first = '', id, last, ...more] = (match[1] ?? '').split('/');
  const format = (match[2] ?? '').toLowerCase() as Format;
  const kind = first.toLowerCase();
  if (more.length > 0 || id === '') return undefined;
  if (last !== undefined) {
    return kind === 'requests' && last.toLowerCase() === 'comments' && id !== undefined
      ? { name: 'comments', id, format }
      : undefined;
  }
  const name = id === undefined ? own(LISTS, kind) : own(SINGLE, kind);
  if (name === undefined) return undefined;
  return id === undefined ? { name, format } : { name, id, format };
}

const own = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
