import type { EventType } from '../case/actions.ts';
import type { State } from '../case/life-cycle.ts';

/** GeoReport knows two: `open` it has been reported, `closed` it has been resolved. */
export type Status = 'open' | 'closed';

/** How a state is shown, and of a closed one the step that closed it (`updated_datetime` is the day of that step). */
type Shown = { status: 'open' } | { status: 'closed'; by: readonly EventType[] };

const OPEN = { status: 'open' } as const;
const closed = (...by: EventType[]) => ({ status: 'closed', by }) as const;

/**
 * Every state of the life cycles; undefined where the case is not shown. A message that was taken up as another kind
 * may be a report now, and the states of reports are sealed (Order 121 Art. 37).
 */
export const STATUS_OF_STATE: Readonly<Record<State, Shown | undefined>> = {
  received: OPEN,
  'at-hub': OPEN,
  distributed: OPEN,
  disputed: OPEN,
  'awaiting-proof': OPEN,
  'station-first': OPEN,
  'first-agreed': OPEN,
  accepted: OPEN,
  refused: OPEN,
  mediating: OPEN,
  testing: OPEN,
  recusal: OPEN,
  entrusted: OPEN,
  settled: OPEN,
  performed: OPEN,
  terminated: OPEN,
  'terminated-told': OPEN,
  closed: closed('closed'),
  published: closed('closed'),
  excluded: closed('closed'),
  'refused-told': closed('told'),
  reconciled: closed('reconciled', 'settlement-confirmed'),
  withdrawn: closed('withdrawn'),
  joined: closed('joined'),
  'pointed-elsewhere': closed('pointed-elsewhere'),
  answered: closed('answered'),
  reclassified: undefined,
  verified: undefined,
  filed: undefined,
  'not-filed': undefined,
  decided: undefined,
  'report-closed': undefined,
  'handed-over': undefined,
};

/**
 * Steps that strangers may see, and that count as an update. A list of what is shown, so that a new kind of step stays
 * inside until somebody decides: the inner life of the bureau, split-off reports and clues must never get out.
 */
export const PUBLIC_STEPS = {
  registered: { zh: '已登记', en: 'Registered' },
  distributed: { zh: '已分送承办单位', en: 'Handed to the unit' },
  'proof-asked': { zh: '要求补正', en: 'Proof asked for' },
  'proof-received': { zh: '收到补正', en: 'Proof received' },
  'offered-first': { zh: '转先行和解', en: 'Handed to the business first' },
  reconciled: { zh: '双方和解', en: 'Settled with the business' },
  'settlement-offered': { zh: '提出和解方案', en: 'A settlement was offered' },
  'settlement-confirmed': { zh: '双方和解', en: 'Settled with the business' },
  'handed-back': { zh: '先行和解未成', en: 'Not settled with the business' },
  'moved-on': { zh: '先行和解期满，继续处理', en: 'Time to settle is over; the authority goes on' },
  insisted: { zh: '要求继续处理', en: 'The consumer wants the authority' },
  accepted: { zh: '决定受理', en: 'Accepted' },
  refused: { zh: '决定不予受理', en: 'Refused' },
  told: { zh: '已告知', en: 'Told' },
  'mediation-started': { zh: '组织调解', en: 'Mediation started' },
  'testing-begun': { zh: '送检', en: 'Testing begun' },
  'testing-ended': { zh: '检测结束', en: 'Testing ended' },
  entrusted: { zh: '委托调解', en: 'Mediation entrusted' },
  'taken-back': { zh: '收回委托', en: 'Mediation taken back' },
  settled: { zh: '达成协议', en: 'Settled' },
  performed: { zh: '协议已履行', en: 'Performed' },
  terminated: { zh: '终止调解', en: 'Mediation ended' },
  withdrawn: { zh: '撤回投诉', en: 'Withdrawn' },
  closed: { zh: '办结', en: 'Closed' },
  published: { zh: '公示', en: 'Published' },
  excluded: { zh: '不予公示', en: 'Not published' },
  reopened: { zh: '重新办理', en: 'Reopened' },
  joined: { zh: '并案', en: 'Joined' },
  unjoined: { zh: '拆案', en: 'Taken out again' },
  answered: { zh: '已答复', en: 'Answered' },
  'pointed-elsewhere': { zh: '已告知其他途径', en: 'Pointed elsewhere' },
} as const satisfies Partial<Record<EventType, { zh: string; en: string }>>;

export type PublicStep = keyof typeof PUBLIC_STEPS;

export const isPublicStep = (type: string): type is PublicStep => Object.hasOwn(PUBLIC_STEPS, type);
