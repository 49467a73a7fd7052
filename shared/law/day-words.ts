import type { DayKind } from './calendar.ts';
import { PAUSE_REASONS, type PauseReason, type Words } from './rule-packs.ts';

/** The pause that a day lies in. */
interface DayPause {
  reason: PauseReason;
  to?: string | undefined;
  evidence: string;
}

/** What a day is to a period. */
export type Part =
  | 'worked'
  | 'not-worked'
  | 'natural'
  | 'extended'
  | 'paused'
  | 'set'
  | 'ends-off'
  | 'moved'
  | 'first-after';

const KIND_WORDS: Record<DayKind, Words> = {
  working: { zh: '工作日', en: 'a working day' },
  'worked-weekend': { zh: '调休上班', en: 'a weekend that is worked' },
  weekend: { zh: '周末', en: 'a weekend' },
  holiday: { zh: '国务院放假', en: 'a State Council holiday' },
};

const PART_WORDS: Record<Exclude<Part, 'paused'>, (kind: Words) => Words> = {
  worked: (kind) => ({ zh: `${kind.zh}，计入`, en: `${kind.en}: counted` }),
  'not-worked': (kind) => ({ zh: `${kind.zh}，不计`, en: `${kind.en}: not counted` }),
  natural: () => ({ zh: '自然日，计入', en: 'a natural day: counted' }),
  extended: () => ({ zh: '延长期内，计入', en: 'within the extension: counted' }),
  set: () => ({ zh: '延期决定确定的期满日', en: 'the last day that the decision on the extension set' }),
  'ends-off': (kind) => ({
    zh: `计入；期满日为${kind.zh}，顺延`,
    en: `counted, but the period cannot end on ${kind.en} and moves on`,
  }),
  moved: (kind) => ({ zh: `${kind.zh}，期满日顺延`, en: `${kind.en}: the end moves on` }),
  'first-after': () => ({ zh: '放假后的第一日，期间届满', en: 'the first day after: the period ends' }),
};

/** Why a day was counted or not, in the words people see. */
export function wordsFor(day: {
  kind: DayKind;
  part: Part;
  pause: DayPause | undefined;
  unsure: boolean;
}): Words {
  if (day.part === 'paused') return wordsForPause(day.pause as DayPause);
  const { zh, en } = PART_WORDS[day.part](KIND_WORDS[day.kind]);
  if (!day.unsure) return { zh, en };
  return {
    zh: `${zh}（该年放假安排未公布，暂按周一至周五）`,
    en: `${en} (the year’s holidays are not announced yet: Monday to Friday for now)`,
  };
}

function wordsForPause({ reason, to, evidence }: DayPause): Words {
  const { zh, en } = PAUSE_REASONS[reason];
  const lasts = to === undefined;
  return {
    zh: `${zh}期间不计${lasts ? '（尚未结束）' : ''}，证据：${evidence}`,
    en: `time of ${en} is not counted${lasts ? ' (it still lasts)' : ''}; evidence: ${evidence}`,
  };
}
