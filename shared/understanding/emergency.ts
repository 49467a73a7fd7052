import type { Pair, Urgency } from './understanding.ts';
import type { Understood } from './understood.ts';

/** What cannot wait until somebody looks at his list: the office in charge is called at once, day and night. */
export const EMERGENCIES: Readonly<Partial<Record<Urgency, Pair>>> = {
  injury: { zh: '人身伤害', en: 'somebody was hurt' },
  'food-poisoning': { zh: '食物中毒', en: 'food poisoning' },
  'danger-going-on': { zh: '危险仍在持续', en: 'a danger that goes on' },
};

/** Below this a word is no alarm: who is woken for nothing does not get up the next time. */
const SURE = 0.8;

/** The emergencies that a message tells of; none for most. */
export function emergenciesIn({ urgency }: Pick<Understood, 'urgency'>): Urgency[] {
  return urgency
    .filter(({ value, confidence }) => EMERGENCIES[value] !== undefined && confidence >= SURE)
    .map(({ value }) => value);
}
