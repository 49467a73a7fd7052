import { ACTIONS, type Action } from '../../shared/case/actions.ts';
import type { Field } from '../../shared/case/fields.ts';
import { HUB_REASONS } from '../../shared/case/grounds.ts';
import { FINDINGS, type Finding } from '../../shared/matter/same-matter.ts';
import type { ListedUnit } from '../api/answers.ts';
import { element, facts } from '../components/dom.ts';
import { longDate, money } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { type Pair, say } from '../components/texts.ts';
import type { Colleagues } from './colleagues.ts';
import { DESK, DISTRIBUTION_BASES } from './desk.texts.ts';

const ACTION_OF: Readonly<Record<string, Action>> = Object.fromEntries(
  (Object.keys(ACTIONS) as Action[]).map((action) => [ACTIONS[action].event, action]),
);

/** The action that wrote an event. */
export function actionOfEvent(type: string): Action | undefined {
  return ACTION_OF[type];
}

type Shown = Node | string;

/**
 * What was sent with a step, with the labels of its form. Facts that our own code added are shown where a person
 * can read them; codes of areas and the like are left out.
 */
export function stepValues(
  action: Action | undefined,
  sent: Readonly<Record<string, unknown>>,
  units: readonly ListedUnit[],
  colleagues: Colleagues,
): HTMLElement | undefined {
  const fields: Readonly<Record<string, Field>> = action === undefined ? {} : ACTIONS[action].fields;
  const rows = Object.entries(sent).flatMap(([name, value]): [string, Shown][] => {
    const spec = fields[name];
    if (spec !== undefined) return [[say(spec), shown(spec, value, units, colleagues)]];
    const made = ADDED[name]?.(value);
    return made === undefined ? [] : [made];
  });
  return rows.length === 0 ? undefined : facts(rows, 'facts sent');
}

function shown(spec: Field, value: unknown, units: readonly ListedUnit[], colleagues: Colleagues): Shown {
  switch (spec.type) {
    case 'text':
      return chinese(String(value), 'words');
    case 'choice': {
      const option = spec.options[String(value)];
      return option === undefined ? String(value) : say(option);
    }
    case 'fen':
      return money(Number(value));
    case 'yes':
      return say(value === true ? YES : NO);
    case 'unit':
      return chinese(units.find(({ code }) => code === value)?.name ?? String(value));
    case 'date':
      return longDate(String(value));
    case 'time':
      return `${longDate(String(value).slice(0, 10))} ${String(value).slice(11, 16)}`;
    case 'person':
      return colleagues.who(String(value));
    case 'case-number':
      return caseLink(String(value));
    default:
      return String(value);
  }
}

const YES: Pair = { zh: '是', en: 'Yes' };
const NO: Pair = { zh: '否', en: 'No' };

/** A case that can be opened. */
export function caseLink(number: string): HTMLElement {
  return element('a', { href: `#${number}` }, number);
}

/** Facts that no form asked for. */
const ADDED: Readonly<Record<string, (value: unknown) => [string, Shown] | undefined>> = {
  documentNumber: (value) => [say(DESK.documentNumber), chinese(String(value))],
  basis: (value) => {
    const basis = DISTRIBUTION_BASES[String(value)];
    return basis === undefined ? undefined : [say(DESK.because), say(basis)];
  },
  reason: (value) => {
    const reason = (HUB_REASONS as Readonly<Record<string, Pair>>)[String(value)];
    return reason === undefined ? undefined : [say(DESK.hubReason), say(reason)];
  },
  // Older cases name it in words.
  place: (value) => [say(ACTIONS['offer-first'].fields.partner), chinese(String(value))],
  case: (value) => [say(DESK.theCase), caseLink(String(value))],
  matched: (value) => {
    const codes = Array.isArray(value) ? (value as Finding[]) : [];
    const found = codes.flatMap((code) => FINDINGS[code] ?? []);
    return found.length === 0 ? undefined : [say(DESK.because), found.map((one) => say(one)).join(' · ')];
  },
};
