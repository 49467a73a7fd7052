import type { Action } from '../../../shared/case/actions.ts';
import type { Case } from '../../../shared/case/case.ts';
import { addDays, type LocalDate } from '../../../shared/dates.ts';
import type { Registry } from '../../../shared/jurisdiction/registry.ts';
import type { SeededChance } from './chance.ts';

/** Who takes a step. */
type Who = 'officer' | 'head' | 'manager' | 'dispatcher' | 'consumer' | 'partner' | 'send-notices';

/** One step that is to come: so long after the one before, by whom, with what. */
export interface Planned {
  /** Hours after the step before, at the least and at the most. */
  after: readonly [least: number, most: number];
  who: Who;
  action: (found: Case) => Action;
  sent: (found: Case, on: LocalDate) => Readonly<Record<string, unknown>>;
}

const DAY = 24;
const step = (
  action: Action,
  after: readonly [number, number],
  who: Who = 'officer',
  sent: Planned['sent'] | Readonly<Record<string, unknown>> = {},
): Planned => ({ action: () => action, after, who, sent: typeof sent === 'function' ? sent : () => sent });

const told = (form: string, party: string) =>
  step('tell', [0.02, 0.1], 'send-notices', { form, party, by: 'sms', proof: '短信回执已收到' });

const RESULT = {
  found: '经查，双方对购买经过没有争议，有小票和聊天记录为证，商家承认当时没有说清楚。',
  done: '电话联系双方并到店核实，当面组织调解一次，做了调解记录。',
  routes: '如不履行，可以向人民法院提起诉讼或者申请仲裁。',
};
const close = (received: string) => step('close', [1, 5 * DAY], 'officer', { ...RESULT, received });

const SETTLED: readonly ((chance: SeededChance) => Planned)[] = [
  () =>
    step('settle', [2 * DAY, 40 * DAY], 'officer', (found) => {
      const agreedFen = shareOf(found, 70);
      return { agreedFen, provenFen: agreedFen, document: 'performed-at-once', representedConsent: true };
    }),
  (chance) => {
    const days = chance.between(5, 30);
    return step('settle', [2 * DAY, 40 * DAY], 'officer', (found, on) => ({
      agreedFen: shareOf(found, 80),
      document: 'off-site',
      promisedOn: addDays(on, days),
      agreement: '商家在约定日期前退款，投诉人收到后不再追究。',
      representedConsent: true,
    }));
  },
];

/** So many percent of what is claimed, in whole yuan. */
const shareOf = ({ money: { claimed = 10_000 } }: Case, percent: number) =>
  100 * Math.max(1, Math.round((claimed * percent) / 10_000));

/** How a complaint goes on once a unit has it; what the months have no time for is still to come. */
export function wayOfComplaint(registry: Registry, chance: SeededChance): Planned[] {
  const before: Planned[] = chance.percent(6) ? backAndForth(registry, chance) : [];
  const noted = chance.percent(30)
    ? [step('note', [1, 2 * DAY], 'officer', { text: '已电话联系商家，约定三日内答复。' })]
    : [];
  const way = chance.weighed<() => Planned[]>([
    [52, () => accepted([...mediated(chance, 45), ...settled(chance)], chance)],
    [17, () => accepted([...mediated(chance, 100), ...ended()], chance)],
    [9, refused],
    [5, () => [step('withdraw', [1, 4 * DAY], 'consumer')]],
    [5, () => [...proven(), ...accepted([...mediated(chance, 50), ...settled(chance)], chance)]],
    [4, () => settledFirst(chance)],
    [2, () => accepted([...mediated(chance, 100), ...tested(), ...settled(chance)], chance)],
    [1, () => accepted([...mediated(chance, 100), ...recused(), ...settled(chance)], chance)],
    [1, () => accepted([...entrusted(), ...settled(chance)], chance)],
    [1, () => disputed(chance, registry)],
    // Nobody has done anything yet, and the period goes by.
    [2, () => [step('accept', [9 * DAY, 40 * DAY]), told('form-5', 'complainant')]],
    [1, () => []],
  ])();
  return [...before, ...noted, ...way];
}

function backAndForth(registry: Registry, chance: SeededChance): Planned[] {
  return [
    step('return', [3, 3 * DAY], 'officer', {
      reason: 'not-competent',
      note: '经营地址不在本所辖区，见现场照片。',
    }),
    step('distribute', [1, 20], 'dispatcher', toStation(registry, chance)),
  ];
}

/** Whoever leads others cannot be refused or withdrawn alone: it is settled for all of them. */
export const wayOfLead = (chance: SeededChance): Planned[] =>
  accepted([...mediated(chance, 60), ...settled(chance)], chance);

/** A question that was filed as a complaint: the dispatcher says what it is. */
export const RECLASSIFIED = step('reclassify', [1, 8], 'dispatcher', {
  kind: 'inquiry',
  note: '只是咨询，没有与商家的争议。',
});

/** Some station with its area and officer, as the dispatcher chooses it. */
export function toStation(registry: Registry, chance: SeededChance) {
  const { station: unit, area } = chance.pick(registry.divisions);
  return { unit, area: area.code, officer: area.officer, basis: 'dispatcher' };
}

const ACCEPT = () => [step('accept', [4, 6 * DAY]), told('form-5', 'complainant')];
const accepted = (rest: Planned[], chance: SeededChance) => [...ACCEPT(), ...rest, ...afterwards(chance)];

const mediated = (chance: SeededChance, share: number) =>
  chance.percent(share)
    ? [
        step('start-mediation', [4, 8 * DAY], 'officer', {
          complainantConsents: true,
          businessConsents: true,
          mode: chance.pick(['phone', 'online']),
        }),
      ]
    : [];

function settled(chance: SeededChance): Planned[] {
  const isPromised = chance.percent(55);
  const [atOnce, promised] = SETTLED;
  const agreement = (isPromised ? promised : atOnce)?.(chance) as Planned;
  const isKept = chance.percent(85);
  const paid = step('perform', [1 * DAY, 25 * DAY], 'officer', (found) => ({
    provenFen: (found.money.agreed ?? 0) - (found.money.proven ?? 0),
    paidBy: chance.percent(5) ? 'platform' : 'business',
    evidence: '转账凭证截图',
  }));
  return [
    agreement,
    ...(isPromised && isKept ? [paid] : []),
    close(isPromised && !isKept ? '商家承诺退款，尚未履行。' : '收到商家退款。'),
  ];
}

const ended = () => [
  step('terminate', [2 * DAY, 45 * DAY], 'officer', {
    ground: 'art23-3',
    reason: '双方对责任认定分歧较大，商家明确表示不能接受退款要求。',
  }),
  told('form-8', 'complainant'),
  told('form-8', 'business'),
  close('未能达成协议，已告知诉讼途径。'),
];

/** Without consent nothing is published (Art. 38). */
const PUBLISHED: Planned = {
  after: [2, 6 * DAY],
  who: 'officer',
  action: ({ consents }) => (consents.publish === true ? 'publish' : 'exclude'),
  sent: ({ consents }) => (consents.publish === true ? {} : { reason: 'no-consent' }),
};

/** What comes when all is settled: publication, a rating, a call. */
function afterwards(chance: SeededChance): Planned[] {
  const points = chance.weighed([
    [45, '5'],
    [28, '4'],
    [14, '3'],
    [8, '2'],
    [5, '1'],
  ]);
  return [
    PUBLISHED,
    ...(chance.percent(28) ? [step('rate', [1, 6 * DAY], 'consumer', { points })] : []),
    ...(chance.percent(10)
      ? [
          step('call-back', [1 * DAY, 12 * DAY], 'officer', {
            reached: true,
            satisfaction: Number(points) > 2 ? 'satisfied' : 'dissatisfied',
          }),
        ]
      : []),
    ...(chance.percent(2)
      ? [step('reopen', [2 * DAY, 30 * DAY], 'head', { reason: '投诉人来电称商家反悔，没有按约定退款。' })]
      : []),
  ];
}

const refused = () => [
  step('refuse', [6, 6 * DAY], 'officer', {
    ground: 'art16-3',
    reason: '投诉人为公司采购，不是为生活消费需要购买，见合同和发票抬头。',
  }),
  told('form-6', 'complainant'),
];

const proven = () => [
  step('ask-proof', [2, 1 * DAY], 'officer', { wanted: '购物小票和身份证复印件' }),
  step('receive-proof', [6, 3 * DAY]),
];

const tested = () => [
  step('begin-testing', [1 * DAY, 5 * DAY], 'officer', {
    kind: 'testing',
    institution: '市产品质量检测院',
    costAgreed: true,
    evidence: '检测委托书第12号',
  }),
  step('end-testing', [6 * DAY, 40 * DAY], 'officer', { evidence: '检测报告第12号' }),
];

const recused = () => [
  step('apply-recusal', [6, 2 * DAY], 'officer', {
    party: 'business',
    mediator: '示例员',
    reason: '与投诉人是亲属，见双方陈述。',
  }),
  step('decide-recusal', [2, 2 * DAY], 'head', {
    granted: false,
    reason: '经查，双方不是亲属，也没有其他利害关系。',
  }),
];

const entrusted = () => [
  step('entrust', [1 * DAY, 5 * DAY], 'officer', {
    organisation: '区消费者权益保护委员会',
    complainantConsents: true,
    businessConsents: true,
  }),
];

function settledFirst(chance: SeededChance): Planned[] {
  const offered = step('offer-first', [2, 2 * DAY], 'officer', {
    partner: 'S33020301',
    partnerKind: 'rights-station',
    consumerAgrees: true,
  });
  if (chance.percent(30)) return [offered];
  const promisedIn = chance.between(5, 20);
  if (chance.percent(40)) {
    return [
      offered,
      step('offer-settlement', [6, 3 * DAY], 'partner', (found, on) => ({
        offeredFen: shareOf(found, 90),
        terms: '退还货款，投诉人退回商品。',
        promisedOn: addDays(on, promisedIn),
      })),
      step('confirm-settlement', [4, 4 * DAY], 'consumer'),
    ];
  }
  return [
    offered,
    step('reconcile', [6, 5 * DAY], 'officer', (found) => {
      const agreedFen = shareOf(found, 90);
      return { agreedFen, provenFen: agreedFen };
    }),
  ];
}

const disputed = (chance: SeededChance, registry: Registry) => [
  step('raise-dispute', [4, 3 * DAY], 'officer', { reason: '经营地跨两个区县，双方均认为不属自己管辖。' }),
  step('designate', [1 * DAY, 6 * DAY], 'manager', toStation(registry, chance)),
  ...ACCEPT(),
];

/** How a report goes on. */
export function wayOfReport(chance: SeededChance, isAnonymous: boolean): Planned[] {
  const verified = step('verify', [2 * DAY, 20 * DAY], 'officer', {
    found: '现场检查发现与举报内容基本相符，已拍照取证。',
  });
  const reason = '现场检查发现涉嫌违法的事实，需要进一步调查取证。';
  const finished = [
    ...(isAnonymous ? [] : [told('form-10', 'informer')]),
    step('close', [1, 5 * DAY], 'officer', { ...RESULT, received: '举报人没有经济诉求。' }),
  ];
  return chance.weighed<() => Planned[]>([
    [
      35,
      () => [
        verified,
        step('file-case', [1, 3 * DAY], 'manager', { fileNumber: '甬示市监立字第1号', reason }),
        step('decide', [12 * DAY, 80 * DAY], 'manager', {
          decision: 'penalty',
          fineFen: 100 * chance.between(1_000, 60_000),
          caseValueFen: 100 * chance.between(100, 20_000),
          basis: '食品安全法第一百二十四条',
        }),
        ...finished,
      ],
    ],
    [
      50,
      () => [
        verified,
        step('not-file', [1, 3 * DAY], 'manager', {
          reason: '违法行为轻微并已及时改正，没有造成危害后果。',
        }),
        ...finished,
      ],
    ],
    [
      8,
      () => [
        step('hand-over', [1 * DAY, 8 * DAY], 'manager', {
          authority: 'other-agency',
          name: '区综合行政执法局',
          reason: '占道经营属于综合行政执法部门职责，不在本局职权之内。',
        }),
      ],
    ],
    [7, () => [step('point-elsewhere', [6, 4 * DAY], 'officer', { route: '请向教育行政部门提出' })]],
  ])();
}

/** How an inquiry goes on. */
export const wayOfInquiry = (chance: SeededChance): Planned[] =>
  chance.percent(90)
    ? [
        step('answer', [1, 3 * DAY], 'dispatcher', {
          answer: '七日无理由退货不适用于定作的商品，详见消法第二十五条。',
        }),
      ]
    : [step('point-elsewhere', [1, 3 * DAY], 'dispatcher', { route: '请拨打12345咨询公积金事项' })];
