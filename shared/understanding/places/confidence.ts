import type { Gazetteer } from './gazetteer.ts';
import type { Reading } from './readings.ts';

/** How often a name of the kind was read right, with and without a division above it that is written too. */
const RIGHT: Readonly<Record<Reading['kind'], readonly [under: number, alone: number]>> = {
  full: [0.99, 0.95],
  changed: [0.97, 0.9],
  stem: [0.95, 0.9],
  former: [0.93, 0.85],
  'former-part': [0.9, 0.6],
  'former-stem': [0.85, 0.7],
  short: [0.9, 0.85],
  zone: [0.85, 0.5],
  letter: [0.5, 0.4],
  nearly: [0.75, 0.5],
};

/** How sure a reading is: of those given 0.9 nine in ten are right (measured on addresses with known codes). */
export function confidenceOf({
  reading,
  equal,
  ranked,
  chosenByArea,
  contradicted,
  gazetteer,
}: {
  reading: Reading;
  equal: number;
  ranked: readonly Reading[];
  chosenByArea: boolean;
  contradicted: boolean;
  gazetteer: Gazetteer;
}): number {
  const [under, alone] = RIGHT[reading.kind];
  let sure = reading.above === null ? alone : under;
  if (chosenByArea) sure *= 0.85;
  else if (equal > 1) sure /= equal;
  else if (ranked.length > 1) sure *= 0.97;
  if (contradicted) sure *= 0.8;
  if (reading.above !== null && !reading.adjoins) sure *= 0.95;
  if (reading.above !== null && !liesIn(reading.division, reading.above.division, gazetteer)) sure *= 0.85;
  return Math.round(sure * 100) / 100;
}

function liesIn(division: number, above: number, gazetteer: Gazetteer): boolean {
  return division >= above && division < gazetteer.endOf(above);
}
