import type { Pair, Urgency } from './understanding.ts';
import type { Understood } from './understood.ts';

/**
 * What cannot wait until somebody looks at his list: the office in charge is called at once, day and night. All signs of a
 * row must be there: one upset stomach is a complaint, those of many are an emergency.
 */
const EMERGENCIES: readonly { signs: readonly Urgency[]; words: Pair }[] = [
  { signs: ['danger-going-on'], words: { zh: '危险仍在持续', en: 'a danger goes on' } },
  { signs: ['injury'], words: { zh: '人身伤害', en: 'somebody was hurt' } },
  {
    signs: ['food-poisoning', 'many-people'],
    words: { zh: '多人食物中毒', en: 'many people have food poisoning' },
  },
];

/** Below this a word is no alarm: who is woken for nothing does not get up the next time. */
const SURE = 0.8;

/** The signs by which a message is an emergency; none for most. */
export function emergencySigns({ urgency }: Pick<Understood, 'urgency'>): Urgency[] {
  const seen = new Set(urgency.filter(({ confidence }) => confidence >= SURE).map(({ value }) => value));
  const rows = EMERGENCIES.filter(({ signs }) => signs.every((sign) => seen.has(sign)));
  return [...new Set(rows.flatMap(({ signs }) => signs))];
}

/** What these signs mean, in words; undefined where they are no emergency. */
export function emergencyWords(signs: readonly unknown[]): Pair | undefined {
  const rows = EMERGENCIES.filter((row) => row.signs.every((sign) => signs.includes(sign)));
  if (rows.length === 0) return undefined;
  return {
    zh: rows.map(({ words }) => words.zh).join('、'),
    en: rows.map(({ words }) => words.en).join(', '),
  };
}

const POLICE = { phone: '110', zh: '报警', en: 'Police' } as const;
const AMBULANCE = { phone: '120', zh: '急救', en: 'Ambulance' } as const;
const FIRE = { phone: '119', zh: '火警、燃气泄漏等险情', en: 'Fire and gas leaks' } as const;

/** Whom to call before anybody writes to a bureau. */
const CALLS: Readonly<Partial<Record<Urgency, readonly (Pair & { phone: string })[]>>> = {
  'danger-going-on': [POLICE, FIRE],
  injury: [AMBULANCE],
  'food-poisoning': [AMBULANCE],
};

/** What cannot wait for a bureau, and whom to call; undefined where nothing is urgent. */
export function emergencyAdvice(understood: Pick<Understood, 'urgency'>) {
  const what = emergencyWords(emergencySigns(understood));
  if (what === undefined) return undefined;
  const call = [...new Set(emergencySigns(understood).flatMap((sign) => CALLS[sign] ?? []))];
  return { what, call };
}
