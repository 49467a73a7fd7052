import { describe, expect, test } from 'vitest';
import type { Action } from '../../shared/case/actions.ts';
import type { Case } from '../../shared/case/case.ts';
import { GUARDS, type GuardId } from '../../shared/case/guards.ts';
import { GuardRefusal } from '../../shared/case/take-step.ts';
import { LARGEST_FEN } from '../../shared/money.ts';
import { caseIn, context, follow, MONDAY, registered, SENT, stepsTo, take, tenOn } from './support.ts';

/** What stands against a step; empty when it is taken. */
function against(found: Case, action: Action, changes: object = {}, at = MONDAY, actor = 'officer-a1') {
  try {
    take(found, action, { ...SENT[action], ...changes }, context(at, { role: 'officer', id: actor }));
    return [];
  } catch (error) {
    if (!(error instanceof GuardRefusal)) throw error;
    for (const { zh, en } of error.problems) {
      expect(zh).toMatch(/[一-鿿]/);
      expect(en).toMatch(/^[A-Z]/);
      expect(en).not.toMatch(/[一-鿿]/);
    }
    return error.problems.map(({ field }) => field);
  }
}

const change = (found: Case, changes: Partial<Case>): Case => ({ ...found, ...changes });
const report = (state: Parameters<typeof caseIn>[0]) => caseIn(state, 1, MONDAY, 'report');
const paused = (found: Case) => take(found, 'begin-pause').after;
const onPlatform = (found: Case) => {
  const { complaint } = found;
  return change(found, {
    complaint: { ...complaint, business: { ...complaint.business, platform: '样例优选' } },
  });
};
const joint = () => change(caseIn('mediating'), { consents: { joint: true } });
const proposed = () => take(caseIn('distributed'), 'propose').after;
const atCounty = () => take(caseIn('at-hub'), 'distribute', { unit: '330203' }).after;

/** One guard: the step that it stands before, when it refuses (with which field), and when it does not. */
interface Row {
  guard: GuardId;
  action: Action;
  in: () => Case;
  refuses: readonly (readonly [string, object, (string | readonly string[])?])[];
  passes: readonly (readonly [string, object])[];
  /** What it refuses is a state of the case, not something that was sent. */
  refusesIn?: readonly (readonly [string, () => Case])[];
  actor?: string;
}

const ROWS: readonly Row[] = [
  {
    guard: 'promise-or-paid',
    action: 'settle',
    in: () => caseIn('mediating'),
    refuses: [
      ['unpaid, and no day', { promisedOn: undefined }, '/promisedOn'],
      ['"performed at once" without the whole sum', { document: 'performed-at-once' }, '/provenFen'],
    ],
    passes: [
      ['unpaid with a day', {}],
      ['paid in full', { provenFen: 10_000, promisedOn: undefined, document: 'performed-at-once' }],
    ],
  },
  {
    guard: 'no-joined-cases',
    action: 'reclassify',
    in: () => caseIn('at-hub'),
    refuses: [],
    refusesIn: [['others follow it', () => take(caseIn('at-hub'), 'take-in').after]],
    passes: [['nobody follows it', {}]],
  },
  {
    guard: 'same-matter-confirmed',
    action: 'join',
    in: () => caseIn('distributed'),
    refuses: [['nobody said that it is the same dispute', { sameMatter: undefined }, '/sameMatter']],
    passes: [['the same dispute', {}]],
  },
  {
    guard: 'withdrawal-said',
    action: 'withdraw',
    in: () => caseIn('distributed'),
    refuses: [['an officer who does not say when and how', { note: '撤回' }, '/note']],
    passes: [['when and how', {}]],
  },
  {
    guard: 'proof-period-over',
    action: 'refuse',
    in: () => caseIn('awaiting-proof'),
    refuses: [['for missing proof, before its last day', { ground: 'art16-5' }, '/ground']],
    passes: [['on another ground', { ground: 'art16-1' }]],
  },
  {
    guard: 'mediation-was-held',
    action: 'terminate',
    in: () => caseIn('accepted'),
    refuses: [['no agreement, where none was sought', { ground: 'art23-3' }, '/ground']],
    passes: [['a party that refuses', { ground: 'art23-2' }]],
  },
  {
    guard: 'not-on-it',
    action: 'decide-recusal',
    in: () => caseIn('recusal'),
    refuses: [],
    refusesIn: [['it is one’s own', () => change(caseIn('recusal'), { officers: ['officer-a1'] })]],
    passes: [['it is another’s', {}]],
  },
  {
    guard: 'something-set-right',
    action: 'correct-understanding',
    in: () => caseIn('accepted'),
    refuses: [['nothing', { problem: undefined, subject: undefined }, '/problem']],
    passes: [['the place alone', { problem: undefined, subject: undefined, division: '330203' }]],
  },
  {
    guard: 'not-offered-before',
    action: 'offer-first',
    in: () => caseIn('distributed'),
    refuses: [],
    refusesIn: [['the business was tried before', () => take(caseIn('station-first'), 'insist').after]],
    passes: [['for the first time', {}]],
  },
  {
    guard: 'offer-says-when',
    action: 'offer-settlement',
    in: () => caseIn('station-first'),
    refuses: [['money without a day', { promisedOn: undefined }, '/promisedOn']],
    passes: [['an apology', { offeredFen: 0, promisedOn: undefined }]],
  },
  {
    guard: 'consumer-said-so',
    action: 'confirm-settlement',
    in: () => caseIn('first-agreed'),
    refuses: [['an officer who does not say when and how', { note: '同意' }, '/note']],
    passes: [['when and how', {}]],
  },
  {
    guard: 'time-is-over',
    action: 'move-on',
    // The ten working days of 2026-11-02 end on 2026-11-16; tests act on that day.
    in: () => caseIn('station-first', 1, tenOn('2026-10-30')),
    refuses: [],
    refusesIn: [['on its last day', () => caseIn('station-first', 1, tenOn('2026-11-02'))]],
    passes: [['on the day after it', {}]],
  },
  {
    guard: 'shop-on-platform',
    action: 'unreachable',
    in: () => onPlatform(caseIn('distributed')),
    refuses: [],
    refusesIn: [['a shop in the street', () => caseIn('distributed')]],
    passes: [['a shop on a platform', {}]],
  },
  {
    guard: 'leader-known',
    action: 'take-over',
    in: () => caseIn('accepted'),
    refuses: [['nobody of the register', { leader: 'nobody' }, '/leader']],
    passes: [['a manager of the bureau', {}]],
  },
  {
    guard: 'informer-was-told',
    action: 'close',
    in: () => report('not-filed'),
    refuses: [],
    refusesIn: [
      ['the old order wants him told', () => caseIn('not-filed', 1, tenOn('2026-04-10'), 'report')],
    ],
    passes: [['no order wants it', {}]],
  },
  {
    guard: 'unit-of-this-bureau',
    action: 'add-unit',
    in: () => caseIn('accepted'),
    refuses: [['a unit that is not there', { unit: '99999999' }, '/unit']],
    passes: [['a unit of the register', { unit: '33021201' }]],
  },
  {
    guard: 'note-for-other-reason',
    action: 'return',
    in: () => caseIn('distributed'),
    refuses: [
      ['"other" without a word', { reason: 'other', note: undefined }, '/note'],
      ['"other" with a set phrase', { reason: 'other', note: '其他' }, '/note'],
    ],
    passes: [
      ['"other" with a reason', { reason: 'other', note: '店铺已经搬到外市' }],
      ['a listed reason without a note', { reason: 'unclear', note: undefined }],
    ],
  },
  {
    guard: 'another-kind',
    action: 'reclassify',
    in: () => caseIn('at-hub'),
    refuses: [['the same kind', { kind: 'complaint' }, '/kind']],
    passes: [['another kind', { kind: 'inquiry' }]],
  },
  {
    guard: 'until-inside-accept',
    action: 'ask-proof',
    in: () => caseIn('distributed'),
    refuses: [
      ['today', { until: '2026-11-16' }, '/until'],
      ['a day that is past', { until: '2026-11-13' }, '/until'],
      ['a day after the seven working days', { until: '2026-11-26' }, '/until'],
    ],
    passes: [
      ['tomorrow', { until: '2026-11-17' }],
      ['the last of the seven working days', { until: '2026-11-25' }],
      ['no day: the bureau’s usual length', { until: undefined }],
    ],
  },
  {
    guard: 'consumer-agrees',
    action: 'offer-first',
    in: () => caseIn('distributed'),
    refuses: [['against the consumer’s will', { consumerAgrees: false }, '/consumerAgrees']],
    passes: [['with it', {}]],
  },
  {
    guard: 'reason-given',
    action: 'refuse',
    in: () => caseIn('distributed'),
    refuses: [
      ['no reason', { reason: '' }, '/reason'],
      ['a set phrase', { reason: '按规定办理。' }, '/reason'],
      ['half a sentence', { reason: '不符合' }, '/reason'],
    ],
    passes: [['a reason of this case', { reason: '购买用于转售，不是为生活消费需要。' }]],
  },
  {
    guard: 'form-was-issued',
    action: 'tell',
    in: () => caseIn('accepted'),
    refuses: [['a refusal that was never made', { form: 'form-6' }, '/form']],
    passes: [['the acceptance', { form: 'form-5' }]],
  },
  {
    guard: 'consents-of-both',
    action: 'start-mediation',
    in: () => caseIn('accepted'),
    refuses: [
      ['without the complainant', { complainantConsents: false }, '/complainantConsents'],
      ['without the business', { businessConsents: false }, '/businessConsents'],
      [
        'without either',
        { complainantConsents: false, businessConsents: false },
        ['/complainantConsents', '/businessConsents'],
      ],
    ],
    passes: [['with both', {}]],
  },
  {
    guard: 'time-and-place',
    action: 'start-mediation',
    in: () => caseIn('accepted'),
    refuses: [
      ['on the spot, nobody knows when or where', { mode: 'on-site' }, ['/meetsAt', '/place', '/mediators']],
    ],
    passes: [
      [
        'on the spot with all three',
        { mode: 'on-site', meetsAt: '2026-11-20T14:00', place: '本所', mediators: '测试员' },
      ],
      ['by phone', { mode: 'phone' }],
    ],
  },
  {
    guard: 'cost-agreed',
    action: 'begin-testing',
    in: () => caseIn('mediating'),
    refuses: [['nobody agreed to pay', { costAgreed: false }, '/costAgreed']],
    passes: [['both agreed', {}]],
  },
  {
    guard: 'pause-fits',
    action: 'begin-testing',
    in: () => caseIn('mediating'),
    refuses: [
      ['a hearing does not stop a mediation', { kind: 'hearing' }, '/kind'],
      ['nor does inspection', { kind: 'inspection' }, '/kind'],
    ],
    passes: [['expert appraisal', { kind: 'appraisal' }]],
  },
  {
    guard: 'pause-fits',
    action: 'begin-pause',
    in: () => report('distributed'),
    refuses: [
      ['a hearing does not stop the verification', { kind: 'hearing' }, '/kind'],
      ['nor does a suspension', { kind: 'suspension' }, '/kind'],
    ],
    passes: [
      ['testing', { kind: 'testing' }],
      ['identification by the right holder', { kind: 'right-holder' }],
    ],
    refusesIn: [['stopped already', () => paused(report('distributed'))]],
  },
  {
    guard: 'pause-fits',
    action: 'begin-pause',
    in: () => report('filed'),
    refuses: [['quarantine does not stop the ninety days', { kind: 'quarantine' }, '/kind']],
    passes: [['a hearing', { kind: 'hearing' }]],
  },
  {
    guard: 'is-paused',
    action: 'end-pause',
    in: () => paused(report('distributed')),
    refuses: [],
    refusesIn: [['nothing is stopped', () => report('distributed')]],
    passes: [['it is stopped', {}]],
  },
  {
    guard: 'may-extend',
    action: 'extend',
    in: () => report('distributed'),
    refuses: [['a day of one’s own', { until: '2027-01-01' }, '/until']],
    refusesIn: [['a second time', () => take(report('distributed'), 'extend').after]],
    passes: [['once', {}]],
  },
  {
    guard: 'may-extend',
    action: 'extend',
    in: () => report('filed'),
    refuses: [['a day of one’s own at the first time', { until: '2027-06-01' }, '/until']],
    refusesIn: [['a second time without a collective decision', () => take(report('filed'), 'extend').after]],
    passes: [['thirty days', {}]],
  },
  {
    guard: 'new-officer-if-granted',
    action: 'decide-recusal',
    in: () => caseIn('recusal'),
    refuses: [['granted, and nobody follows', { officer: undefined }, '/officer']],
    passes: [
      ['granted with a successor', {}],
      ['not granted', { granted: false, officer: undefined }],
    ],
  },
  {
    guard: 'sums-fit',
    action: 'settle',
    in: () => caseIn('mediating'),
    refuses: [['more paid than agreed', { agreedFen: 100, provenFen: 101 }, '/provenFen']],
    passes: [
      ['all of it', { agreedFen: 100, provenFen: 100 }],
      ['an apology', { agreedFen: 0, provenFen: undefined, promisedOn: undefined }],
    ],
  },
  {
    guard: 'sums-fit',
    action: 'perform',
    in: () => caseIn('settled'),
    refuses: [['one fen too much', { provenFen: 7_501 }, '/provenFen']],
    passes: [['a part', { provenFen: 1 }]],
  },
  {
    guard: 'sums-fit',
    action: 'correct-money',
    in: () => caseIn('settled'),
    refuses: [
      ['below zero', { entry: 'claimed', fen: -12_301 }, '/fen'],
      ['nothing at all', { entry: 'claimed', fen: 0 }, '/fen'],
      ['above the limit', { entry: 'claimed', fen: LARGEST_FEN }, '/fen'],
      ['agreed below paid', { entry: 'agreed', fen: -7_501 }, '/fen'],
      ['paid first, and never paid', { entry: 'paid-first', fen: 2_501 }, '/fen'],
    ],
    passes: [['down to what was paid', { entry: 'agreed', fen: -7_500 }]],
  },
  {
    guard: 'promise-not-past',
    action: 'settle',
    in: () => caseIn('mediating'),
    refuses: [['yesterday', { promisedOn: '2026-11-15' }, '/promisedOn']],
    passes: [
      ['today', { promisedOn: '2026-11-16' }],
      ['nothing left to promise', { provenFen: 10_000, promisedOn: undefined }],
    ],
  },
  {
    guard: 'power-of-attorney',
    action: 'accept',
    in: () => change(caseIn('distributed'), { consents: { agent: true } }),
    refuses: [['an agent whose power of attorney nobody has seen', {}, '/authoritySeen']],
    passes: [['when it was seen', { authoritySeen: true }]],
  },
  {
    guard: 'represented-consent',
    action: 'settle',
    in: joint,
    refuses: [['a representative gives in alone', {}, '/representedConsent']],
    passes: [['with those represented', { representedConsent: true }]],
  },
  {
    guard: 'consent-to-publish',
    action: 'publish',
    in: () => caseIn('closed'),
    refuses: [],
    refusesIn: [['the complainant said no', () => change(caseIn('closed'), { consents: {} })]],
    passes: [['the complainant agreed', {}]],
  },
  {
    guard: 'satisfaction-if-reached',
    action: 'call-back',
    in: () => caseIn('closed'),
    refuses: [['reached, and not asked', { satisfaction: undefined }, '/satisfaction']],
    passes: [
      ['not reached', { reached: false, satisfaction: undefined }],
      ['reached', { satisfaction: 'dissatisfied' }],
    ],
  },
  {
    guard: 'not-erased',
    action: 'reopen',
    in: () => caseIn('refused-told'),
    refuses: [],
    refusesIn: [['the people’s data are gone', () => change(caseIn('refused-told'), { erased: true })]],
    passes: [['they are there', {}]],
  },
  {
    guard: 'joint-consent',
    action: 'add-complainant',
    in: () => caseIn('mediating'),
    refuses: [['nobody asked the other', { consents: false }, '/consents']],
    passes: [['the other agrees', {}]],
  },
  {
    guard: 'penalty-has-fine',
    action: 'decide',
    in: () => report('filed'),
    refuses: [['a penalty without a sum', { fineFen: undefined }, '/fineFen']],
    passes: [
      ['a penalty of nothing', { fineFen: 0 }],
      ['no penalty', { decision: 'no-penalty', fineFen: undefined }],
    ],
  },
  {
    guard: 'has-informer',
    action: 'reward',
    in: () => report('decided'),
    refuses: [],
    refusesIn: [['nobody knows whom', () => change(report('decided'), { consents: { anonymous: true } })]],
    passes: [['the informer is known', {}]],
  },
  {
    guard: 'officer-of-the-unit',
    action: 'assign',
    in: () => caseIn('distributed'),
    refuses: [
      ['somebody of another station', { officer: 'officer-33020302' }, '/officer'],
      ['somebody who does not work here', { officer: 'nobody' }, '/officer'],
    ],
    passes: [
      ['somebody of the station', { officer: 'officer-a1' }],
      ['somebody of the county above', { officer: 'officer-330203' }],
    ],
  },
  {
    guard: 'mention-of-the-unit',
    action: 'note',
    in: () => caseIn('distributed'),
    refuses: [['somebody of another station', { text: '请看', mention: 'officer-33020302' }, '/mention']],
    refusesIn: [],
    passes: [
      ['nobody', { text: '请看' }],
      ['a colleague of the station', { text: '请看', mention: 'officer-33020301' }],
    ],
  },
  {
    guard: 'nobody-on-it',
    action: 'take',
    in: () => caseIn('distributed'),
    refuses: [],
    refusesIn: [
      [
        'somebody else is',
        () => take(caseIn('distributed'), 'assign', { officer: 'officer-33020301' }).after,
      ],
    ],
    passes: [['nobody is', {}]],
  },
  {
    guard: 'answer-by-not-past',
    action: 'supervise',
    in: () => caseIn('accepted'),
    refuses: [['yesterday', { answerBy: '2026-11-15' }, '/answerBy']],
    passes: [['today', { answerBy: '2026-11-16' }]],
  },
  {
    guard: 'was-supervised',
    action: 'answer-supervision',
    in: () => take(caseIn('accepted'), 'supervise').after,
    refuses: [],
    refusesIn: [['nobody asked', () => caseIn('accepted')]],
    passes: [['an order stands', {}]],
  },
  {
    guard: 'another-person',
    action: 'approve',
    in: proposed,
    actor: 'head-33020301',
    refuses: [],
    refusesIn: [['nothing was proposed', () => caseIn('distributed')]],
    passes: [['somebody else did', {}]],
  },
  {
    guard: 'unit-below',
    action: 'distribute',
    in: atCounty,
    refuses: [
      ['the unit itself', { unit: '330203' }, '/unit'],
      ['a station of another county', { unit: '33021201' }, '/unit'],
      ['the bureau above', { unit: '330200' }, '/unit'],
      ['a unit that is not there', { unit: '99999999' }, '/unit'],
    ],
    passes: [['a station below', { unit: '33020302' }]],
  },
];

const named = (guard: GuardId, action: Action) => `${guard} before ${action}`;

describe.each(ROWS.map((row) => [named(row.guard, row.action), row] as const))('%s', (_, row) => {
  const actor = row.actor ?? 'officer-a1';
  test.each(row.refuses.map((one) => [...one] as const))('refuses: %s', (_name, changes, fields = []) => {
    // A unit that is not in the register has no path either: the guard must come first.
    const problems = () => against(row.in(), row.action, changes, MONDAY, actor);
    expect(problemsOr(problems)).toEqual([fields].flat());
  });

  test.each(row.refusesIn ?? [])('refuses when %s', (_name, found) => {
    expect(against(found(), row.action, {}, MONDAY, actor).length).toBeGreaterThan(0);
  });

  test.each(row.passes.map((one) => [...one] as const))('lets through: %s', (_name, changes) => {
    expect(against(row.in(), row.action, changes, MONDAY, actor)).toEqual([]);
  });
});

function problemsOr(attempt: () => string[]): string[] {
  try {
    return attempt();
  } catch (error) {
    // Who hands a case out works out the path of the unit first; an unknown one has none.
    if (error instanceof RangeError) return ['/unit'];
    throw error;
  }
}

test('every guard is tried here, or in a test of its own below', () => {
  const below: GuardId[] = ['sixty-days-over', 'result-complete', 'acceptance-was-told', 'purpose-ended'];
  expect([...new Set([...ROWS.map(({ guard }) => guard), ...below])].sort()).toEqual(
    Object.keys(GUARDS).sort(),
  );
});

describe('ending a mediation because sixty days are over', () => {
  // Accepted on 2026-08-03: sixty days end on 10-02, inside the holidays, so on 10-08.
  const found = caseIn('mediating', 0, tenOn('2026-08-03'));
  const sixty = { ground: 'art23-5' };

  test.each(['2026-08-04', '2026-10-02', '2026-10-07'])('is too early on %s', (day) => {
    expect(against(found, 'terminate', sixty, tenOn(day))).toEqual(['/ground']);
  });

  test.each(['2026-10-08', '2026-10-09'])('is right on %s', (day) => {
    expect(against(found, 'terminate', sixty, tenOn(day))).toEqual([]);
  });

  test('is too early while a test goes on, however long: its days are not counted', () => {
    const testing = take(found, 'begin-testing', SENT['begin-testing'], context(tenOn('2026-08-04'))).after;
    expect(against(testing, 'terminate', sixty, tenOn('2026-12-01'))).toEqual(['/ground']);
  });

  test('other grounds need no sixty days', () => {
    expect(against(found, 'terminate', { ground: 'art23-3' }, tenOn('2026-08-04'))).toEqual([]);
  });
});

describe('a case is not closed with an empty result', () => {
  const performed = () => follow(stepsTo('accepted'), ['tell', 'settle', 'perform']).at(-1)?.after as Case;

  test.each(['found', 'done', 'received', 'routes'])('the part "%s" is missing', (part) => {
    expect(against(performed(), 'close', { [part]: '' })).toEqual([`/${part}`]);
    expect(against(performed(), 'close', { [part]: '已依法处理完毕。' })).toEqual([`/${part}`]);
  });

  test('all parts are missing: all are named', () => {
    const nothing = { found: '属实', done: '已处理', received: '无', routes: '无' };
    expect(against(performed(), 'close', nothing)).toEqual(['/found', '/done', '/received', '/routes']);
  });

  test('four honest parts close it', () => {
    expect(against(performed(), 'close')).toEqual([]);
  });

  test('an agreement that nobody performed is closed only with the day promised', () => {
    const settled = follow(stepsTo('accepted'), ['tell', 'settle']).at(-1)?.after as Case;
    expect(against(settled, 'close')).toEqual([]);
  });

  test('a report needs the same four parts', () => {
    expect(against(report('not-filed'), 'close', { found: '无' })).toEqual(['/found']);
    expect(against(report('not-filed'), 'close')).toEqual([]);
  });

  test('a complainant who was never told of the acceptance must be told first, in whatever state', () => {
    const untold = follow(stepsTo('accepted'), ['settle', 'perform']).at(-1)?.after as Case;
    expect(against(untold, 'close')).toEqual(['/found']);
    expect(against(take(untold, 'tell').after, 'close')).toEqual([]);
    const ended = follow(stepsTo('accepted'), [
      'terminate',
      ['tell', { ...SENT.tell, form: 'form-8' }],
      ['tell', { ...SENT.tell, form: 'form-8', party: 'business' }],
    ]).at(-1)?.after as Case;
    expect(ended.state).toBe('terminated-told');
    expect(against(ended, 'close')).toEqual(['/found']);
    expect(against(take(ended, 'tell').after, 'close')).toEqual([]);
  });
});

describe('a second extension of a filed case', () => {
  const once = take(report('filed'), 'extend').after;
  test('needs a last day that lies ahead, set by collective decision', () => {
    expect(against(once, 'extend', { until: '2026-11-16' })).toEqual(['/until']);
    expect(against(once, 'extend', { until: '2027-06-01' })).toEqual([]);
    const twice = take(once, 'extend', { ...SENT.extend, until: '2027-06-01' }).after;
    expect(twice.clocks.find(({ id }) => id === 'decide-case')?.due).toBe('2027-06-01');
  });
});

describe('data are erased when their purpose has ended', () => {
  const over = caseIn('refused-told');
  const on = over.eraseOn as string;

  test('not a day earlier', () => {
    expect(on).toBe('2029-11-15');
    expect(against(over, 'erase', {}, '2029-11-14T15:59:59.999Z')).toEqual(['/version']);
  });

  test('from that day in Shanghai on, once', () => {
    expect(against(over, 'erase', {}, '2029-11-14T16:00:00.000Z')).toEqual([]);
    const erased = take(over, 'erase', {}, context(tenOn(on))).after;
    expect(against(erased, 'erase', {}, tenOn('2035-01-01')).length).toBeGreaterThan(0);
  });

  test('and then nothing a person wrote is left in the case', () => {
    const closed = caseIn('published');
    const erased = take(closed, 'erase', {}, context(tenOn('2031-01-01'))).after;
    expect(erased.erased).toBe(true);
    expect(JSON.stringify(erased)).not.toMatch(/面条|退还货款|申请仲裁/);
    expect(erased.money).toEqual(closed.money);
  });
});

test('nobody approves or declines what he proposed himself', () => {
  expect(against(proposed(), 'approve', {}, MONDAY, 'officer-a1')).toEqual(['/version']);
  expect(against(proposed(), 'decline', {}, MONDAY, 'officer-a1')).toEqual(['/version']);
  expect(against(proposed(), 'decline', {}, MONDAY, 'head-33020301')).toEqual([]);
});

test('a guard that refuses changes nothing', () => {
  const { after } = registered();
  const before = structuredClone(after);
  expect(() => take(after, 'distribute', { unit: '33020301' })).not.toThrow();
  expect(against(caseIn('distributed'), 'refuse', { reason: '' })).toEqual(['/reason']);
  expect(after).toEqual(before);
});
