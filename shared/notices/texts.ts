import {
  REFUSAL_GROUNDS,
  type RefusalGround,
  TERMINATION_GROUNDS,
  type TerminationGround,
} from '../case/grounds.ts';
import { type Instant, type LocalDate, shanghaiDate } from '../dates.ts';
import type { Template } from './messenger.ts';

/*
 * What notices say. An SMS is read on locked screens and by whoever holds the phone: no text names the person or the
 * business, or repeats words of a complaint; a text about a report does not say that there was one.
 */

type Words = Readonly<{ zh: string; en: string }>;
export type Language = keyof Words;

/** Which forms (2026) and rules a notice fulfils stands beside it in `NOTICES`. */
export interface NoticeParameters {
  /** @property contact who handles it at the bureau: a person or a station (form 5: 联系人) */
  accepted: { receivedOn: LocalDate; contact: string };
  /** @property asks what is still needed, in plain words; @property address where to add it */
  /** @property address where the case is followed; behind its # stands the secret */
  'web-registered': { address: string | undefined };
  'call-registered': { asks: readonly Words[]; address: string | undefined };
  /** @property competent the authority elsewhere to turn to */
  refused: { receivedOn: LocalDate; ground: RefusalGround; competent?: Elsewhere | undefined };
  /** @property recusalDays days after this notice in which a mediator can be challenged */
  'mediation-invitation': { at: Instant; place: string; mediators: string; recusalDays: number };
  terminated: { ground: TerminationGround };
  /** @property until last day to bring the proof; `address` where to */
  'proof-wanted': { until: LocalDate; address: string };
  settled: object;
  /** @property result from a table of results; @property basis the law applied, as the form asks: `《…法》第…条` */
  'report-result': { result: Words; basis: string };
  /** @property competent the authority to turn to, if the matter is one for market supervision */
  'report-not-competent': { competent?: string | undefined; authority?: Elsewhere | undefined };
  'report-filed': { filed: boolean };
  /** @property address of the partner's page; without one the partner calls */
  'partner-case': { answerBy: LocalDate; address: string | undefined };
  'partner-confirmed': { promisedOn: LocalDate | undefined };
  'partner-over': object;
  'settlement-offered': { confirmBy: LocalDate };
  'first-ended': object;
  withdrawn: object;
  reopened: object;
  answered: object;
  joined: object;
  renumbered: object;
  /** @property duty what must be done by then, as in the rule pack */
  reminder: { due: LocalDate; duty: Words };
  overdue: { due: LocalDate; duty: Words };
  'reopen-asked': object;
  supervision: { answerBy: LocalDate };
  /** What cannot wait; the words stay with the case. */
  emergency: { what: Words };
  /** Many people complain about one business. */
  incident: { people: number; cases: number };
}

/** An authority elsewhere, as people find it. */
type Elsewhere = Readonly<Record<'name' | 'address' | 'phone', string>>;
const whereZh = ({ name, address, phone }: Elsewhere) => `${name}（地址${address}，电话${phone}）`;
const whereEn = ({ name, address, phone }: Elsewhere) => `${name} (${address}, phone ${phone})`;

export type NoticeId = keyof NoticeParameters;

/** What every notice bears. */
export interface Letterhead {
  number: string;
  /** Short name of the bureau, which signs every message: `宁波市场监管`. */
  bureau: string;
  /** Whom to call. */
  phone: string;
}

/** A notice in one language. The e-mail says what the SMS says, and then what only fits there. */
interface Text<P> {
  subject: string;
  text: (given: P & Letterhead) => string;
  more?: (given: P & Letterhead) => string;
}

interface NoticeRow<P> {
  audience: 'party' | 'staff';
  zh: Text<P>;
  en: Text<P>;
}

const zhDay = (date: LocalDate) => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};
const timeInShanghai = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const timeOf = (at: Instant) => timeInShanghai.format(new Date(at));

/** The other ways of Consumer Law Art. 39. */
const ROUTES = {
  zh: '与经营者协商和解；请求消费者协会或者依法成立的其他调解组织调解；根据与经营者达成的仲裁协议提请仲裁；向人民法院提起诉讼',
  en: 'settle with the business; ask a consumer association or another lawful mediation body to mediate; apply for arbitration if you have an arbitration agreement with the business; sue in court',
};
/** Order 121 Art. 25. */
const COURT_ROUTES = {
  zh: '可以按照《中华人民共和国消费者权益保护法》第三十九条规定，通过民事诉讼、仲裁等其他途径解决消费者权益争议',
  en: 'you may go to court, to arbitration or another way of Art. 39 of the Consumer Protection Law',
};

export const NOTICES: { readonly [Id in NoticeId]: NoticeRow<NoticeParameters[Id]> } = {
  // The number of a call, and what it did not say or nobody could hear
  // On wish of who files by web
  'web-registered': {
    audience: 'party',
    zh: {
      subject: '您反映的事项已登记',
      text: ({ number, address, phone }) =>
        `您反映的事项已登记，编号${number}，电话${phone}。` +
        (address === undefined ? '' : `查进度：${address}（请勿转发）`),
    },
    en: {
      subject: 'Your message is registered',
      text: ({ number, address, phone }) =>
        `Your message is registered: ${number}, phone ${phone}.` +
        (address === undefined ? '' : ` Follow it: ${address} (do not pass on)`),
    },
  },
  'call-registered': {
    audience: 'party',
    zh: {
      subject: '您的来电已登记',
      text: ({ number, asks, address, phone }) =>
        `您来电反映的事项已登记，编号${number}，电话${phone}。` +
        (asks.length === 0 ? '' : `请补充：${asks.map(({ zh }) => zh).join('、')}。`) +
        (address === undefined ? '' : `查询、补充：${address}`),
    },
    en: {
      subject: 'Your call is registered',
      text: ({ number, asks, address, phone }) =>
        `What you called about is registered: ${number}, phone ${phone}.` +
        (asks.length === 0 ? '' : ` Please add: ${asks.map(({ en }) => en).join('; ')}.`) +
        (address === undefined ? '' : ` Read and add: ${address}`),
    },
  },
  // Form 5
  accepted: {
    audience: 'party',
    zh: {
      subject: '投诉受理决定',
      text: ({ number, receivedOn, contact, phone }) =>
        `您${zhDay(receivedOn)}的投诉${number}，我局决定受理。联系人${contact}，电话${phone}。`,
      more: () => '经审查，投诉符合《市场监督管理投诉举报处理办法》规定的受理条件。',
    },
    en: {
      subject: 'Complaint accepted',
      text: ({ number, receivedOn, contact, phone }) =>
        `Your complaint ${number} of ${receivedOn} is accepted. Contact: ${contact}, ${phone}.`,
      more: () => 'It meets the conditions of the Measures for Handling Complaints and Reports (Order 121).',
    },
  },
  // Form 6, Consumer Law Art. 39
  refused: {
    audience: 'party',
    zh: {
      subject: '投诉不予受理决定',
      text: ({ number, receivedOn, ground, competent, phone }) =>
        `您${zhDay(receivedOn)}的投诉${number}属于下列情形：${REFUSAL_GROUNDS[ground].zh}。依据${REFUSAL_GROUNDS[ground].basis}，我局决定不予受理。${competent === undefined ? '' : `请向${whereZh(competent)}提出。`}您还可以：${ROUTES.zh}。电话${phone}。`,
      more: () => '其他途径的依据：《中华人民共和国消费者权益保护法》第三十九条。',
    },
    en: {
      subject: 'Complaint not accepted',
      text: ({ number, receivedOn, ground, competent, phone }) =>
        `Your complaint ${number} of ${receivedOn} is not accepted: ${REFUSAL_GROUNDS[ground].en} (${REFUSAL_GROUNDS[ground].basis}).${competent === undefined ? '' : ` Please turn to ${whereEn(competent)}.`} You may still: ${ROUTES.en}. Phone ${phone}.`,
      more: () => 'Basis of the other ways: Art. 39 of the Consumer Protection Law.',
    },
  },
  // Form 7, to both sides
  'mediation-invitation': {
    audience: 'party',
    zh: {
      subject: '投诉调解通知',
      text: ({ number, at, place, mediators, recusalDays, phone }) =>
        `投诉${number}定于${zhDay(shanghaiDate(at))}${timeOf(at)}在${place}现场调解，调解人员${mediators}，请携带身份证明材料参加。无正当理由不参加的，将依法终止调解。对调解人员申请回避的，请于收到本通知之日起${recusalDays}日内提出。电话${phone}。`,
    },
    en: {
      subject: 'Invitation to mediation',
      text: ({ number, at, place, mediators, recusalDays, phone }) =>
        `Mediation of ${number}: ${shanghaiDate(at)} ${timeOf(at)}, ${place}. Mediators: ${mediators}. Bring proof of identity. If you stay away without good cause, the mediation ends. To challenge a mediator: within ${recusalDays} days of this notice. Phone ${phone}.`,
    },
  },
  // Form 8, to both sides, Order 121 Art. 23 and 25
  terminated: {
    audience: 'party',
    zh: {
      subject: '投诉终止调解决定',
      text: ({ number, ground, phone }) =>
        `投诉${number}的调解出现下列情形：${TERMINATION_GROUNDS[ground].zh}。依据${TERMINATION_GROUNDS[ground].basis}，我局决定终止调解。不服的，${COURT_ROUTES.zh}。电话${phone}。`,
    },
    en: {
      subject: 'Mediation ended',
      text: ({ number, ground, phone }) =>
        `The mediation of ${number} is ended: ${TERMINATION_GROUNDS[ground].en} (${TERMINATION_GROUNDS[ground].basis}). If you disagree, ${COURT_ROUTES.en}. Phone ${phone}.`,
    },
  },
  // Form 4, Order 121 Art. 10(3)
  'proof-wanted': {
    audience: 'party',
    zh: {
      subject: '限期提供证明材料通知',
      text: ({ number, until, phone }) =>
        `请于${zhDay(until)}前就投诉${number}提供身份等证明材料，逾期未提供或者材料虚假的，依法不予受理。电话${phone}。`,
      more: ({ address }) => `依据总局令第121号第十条第三款、第十六条。通信地址：${address}。`,
    },
    en: {
      subject: 'Proof wanted',
      text: ({ number, until, phone }) =>
        `Please bring proof of identity for complaint ${number} by ${until}; without it, or if it is false, it is not accepted. Phone ${phone}.`,
      more: ({ address }) => `Basis: Order 121 Art. 10(3) and 16. Address: ${address}.`,
    },
  },
  // Order 121 Art. 25
  settled: {
    audience: 'party',
    zh: {
      subject: '投诉达成调解协议',
      text: ({ number, phone }) => `投诉${number}已达成调解协议，双方应按协议履行。电话${phone}。`,
      more: () => `一方未履行或者对调解结果不服的，${COURT_ROUTES.zh}。`,
    },
    en: {
      subject: 'Agreement reached',
      text: ({ number, phone }) =>
        `An agreement was reached on complaint ${number}; both sides are to keep it. Phone ${phone}.`,
      more: () => `If it is not kept, or you disagree with it, ${COURT_ROUTES.en}.`,
    },
  },
  // Form 10, to the informer
  'report-result': {
    audience: 'party',
    zh: {
      subject: '您反映的事项',
      text: ({ number, result, phone }) =>
        `您反映的事项${number}已依法处理，结果：${result.zh}。电话${phone}。`,
      more: ({ basis }) => `依据：${basis}。`,
    },
    en: {
      subject: 'The matter you raised',
      text: ({ number, result, phone }) =>
        `The matter you raised, ${number}, was handled. Result: ${result.en}. Phone ${phone}.`,
      more: ({ basis }) => `Basis: ${basis}.`,
    },
  },
  // Order 121 Art. 34
  'report-not-competent': {
    audience: 'party',
    zh: {
      subject: '您反映的事项',
      text: ({ number, competent, authority, phone }) =>
        `您反映的事项${number}，我局不具备处理权限${competent === undefined ? '' : `，请直接向${competent}提出`}${authority === undefined ? '' : `；有处理权限的机关：${whereZh(authority)}`}。电话${phone}。`,
    },
    en: {
      subject: 'The matter you raised',
      text: ({ number, competent, authority, phone }) =>
        `The matter you raised, ${number}, is outside our power${competent === undefined ? '' : `; please turn to ${competent}`}${authority === undefined ? '' : `; competent is ${whereEn(authority)}`}. Phone ${phone}.`,
    },
  },
  // Rule pack CN-SAMR-20: within five working days of the decision
  'report-filed': {
    audience: 'party',
    zh: {
      subject: '您反映的事项',
      text: ({ number, filed, phone }) =>
        `您反映的事项${number}经核查，我局决定${filed ? '予以立案' : '不予立案'}。电话${phone}。`,
    },
    en: {
      subject: 'The matter you raised',
      text: ({ number, filed, phone }) =>
        `The matter you raised, ${number}, was looked into; we ${filed ? 'open' : 'do not open'} a case. Phone ${phone}.`,
    },
  },
  // To a rights station or business: the case itself is behind the link
  'partner-case': {
    audience: 'party',
    zh: {
      subject: '消费投诉先行和解',
      text: ({ number, answerBy, address, phone }) =>
        `消费投诉${number}经投诉人同意，请贵单位先行和解，并于${zhDay(answerBy)}前答复，逾期由我局处理。电话${phone}。${address ?? ''}`,
    },
    en: {
      subject: 'A consumer dispute to settle first',
      text: ({ number, answerBy, address, phone }) =>
        `Complaint ${number}: with the consumer’s consent please try to settle it, and answer by ${answerBy}; after that the authority goes on. Phone ${phone}.${address === undefined ? '' : ` ${address}`}`,
    },
  },
  'partner-confirmed': {
    audience: 'party',
    zh: {
      subject: '和解方案已确认',
      text: ({ number, promisedOn, phone }) =>
        `投诉${number}的和解方案已获确认，请${promisedOn === undefined ? '' : `于${zhDay(promisedOn)}前`}履行。电话${phone}。`,
    },
    en: {
      subject: 'The settlement is confirmed',
      text: ({ number, promisedOn, phone }) =>
        `The consumer confirmed your settlement of ${number}; please keep it${promisedOn === undefined ? '' : ` by ${promisedOn}`}. Phone ${phone}.`,
    },
  },
  'partner-over': {
    audience: 'party',
    zh: {
      subject: '先行和解结束',
      text: ({ number, phone }) => `消费投诉${number}的先行和解已结束，现由我局处理。电话${phone}。`,
    },
    en: {
      subject: 'The time to settle first is over',
      text: ({ number, phone }) =>
        `The time to settle complaint ${number} first is over; the authority has it now. Phone ${phone}.`,
    },
  },
  // To the consumer: what is offered is read with the tracking secret
  'settlement-offered': {
    audience: 'party',
    zh: {
      subject: '您反映的事项',
      text: ({ number, confirmBy, phone }) =>
        `您反映的事项${number}，对方提出了和解方案。请于${zhDay(confirmBy)}前凭编号和查询码在网上查看，确认或者拒绝，也可致电${phone}。逾期未确认的，由我局处理。`,
    },
    en: {
      subject: 'The matter you raised',
      text: ({ number, confirmBy, phone }) =>
        `A settlement is offered in the matter you raised, ${number}. Please read it online with number and tracking code and confirm or refuse by ${confirmBy}, or call ${phone}. Without your word the authority goes on.`,
    },
  },
  'first-ended': {
    audience: 'party',
    zh: {
      subject: '您反映的事项',
      text: ({ number, phone }) => `您反映的事项${number}未能先行和解，现由我局依法处理。电话${phone}。`,
    },
    en: {
      subject: 'The matter you raised',
      text: ({ number, phone }) =>
        `The matter you raised, ${number}, was not settled first; the authority goes on with it. Phone ${phone}.`,
    },
  },
  withdrawn: {
    audience: 'party',
    zh: {
      subject: '您反映的事项',
      text: ({ number, phone }) => `您反映的事项${number}已按您的要求撤回。电话${phone}。`,
    },
    en: {
      subject: 'The matter you raised',
      text: ({ number, phone }) =>
        `The matter you raised, ${number}, is withdrawn as you asked. Phone ${phone}.`,
    },
  },
  reopened: {
    audience: 'party',
    zh: {
      subject: '您反映的事项',
      text: ({ number, phone }) => `您反映的事项${number}已重新办理，请留意进展。电话${phone}。`,
    },
    en: {
      subject: 'The matter you raised',
      text: ({ number, phone }) =>
        `The matter you raised, ${number}, is being handled again. Phone ${phone}.`,
    },
  },
  joined: {
    audience: 'party',
    zh: {
      subject: '您反映的事项',
      text: ({ number, phone }) =>
        `您反映的事项${number}与在先的同一事项合并处理，进展将一并告知您。电话${phone}。`,
    },
    en: {
      subject: 'The matter you raised',
      text: ({ number, phone }) =>
        `The matter you raised, ${number}, is handled together with an earlier one; you will be kept informed. Phone ${phone}.`,
    },
  },
  // The message was taken up under another number; the tracking secret stays
  renumbered: {
    audience: 'party',
    zh: {
      subject: '您反映的事项',
      text: ({ number, phone }) => `您反映的事项另行登记，编号${number}，查询码不变。电话${phone}。`,
    },
    en: {
      subject: 'The matter you raised',
      text: ({ number, phone }) =>
        `The matter you raised is registered under ${number}; the tracking secret stays the same. Phone ${phone}.`,
    },
  },
  // An inquiry; the answer itself is read with the tracking secret
  answered: {
    audience: 'party',
    zh: {
      subject: '您反映的事项',
      text: ({ number, phone }) =>
        `您反映的事项${number}已答复，请凭编号和查询码在网上查看，或者致电${phone}。`,
    },
    en: {
      subject: 'The matter you raised',
      text: ({ number, phone }) =>
        `The matter you raised, ${number}, is answered: read it online with the number and your tracking code, or call ${phone}.`,
    },
  },
  reminder: {
    audience: 'staff',
    zh: {
      subject: '到期提醒',
      text: ({ number, due, duty }) => `案件${number}：${duty.zh}，期限至${zhDay(due)}，请及时办理。`,
    },
    en: {
      subject: 'Due soon',
      text: ({ number, due, duty }) => `Case ${number}: ${duty.en}; due ${due}.`,
    },
  },
  overdue: {
    audience: 'staff',
    zh: {
      subject: '逾期提醒',
      text: ({ number, due, duty }) => `案件${number}：${duty.zh}，已于${zhDay(due)}到期，尚未办理。`,
    },
    en: {
      subject: 'Overdue',
      text: ({ number, due, duty }) => `Case ${number}: ${duty.en}; was due ${due} and is not done.`,
    },
  },
  emergency: {
    audience: 'staff',
    zh: {
      subject: '紧急情况',
      text: ({ number, what }) => `紧急：案件${number}疑似${what.zh}，请立即查看并处置。`,
    },
    en: {
      subject: 'Emergency',
      text: ({ number, what }) =>
        `Emergency: case ${number}, it seems ${what.en}. Please look at it and act at once.`,
    },
  },
  incident: {
    audience: 'staff',
    zh: {
      subject: '群体性投诉',
      text: ({ number, people, cases }) =>
        `发现群体性投诉：${people}人、${cases}件，最近一件${number}，请到分派台查看。`,
    },
    en: {
      subject: 'Mass incident',
      text: ({ number, people, cases }) =>
        `Mass incident: ${people} people, ${cases} complaints, the latest ${number}. Please look at the desk.`,
    },
  },
  'reopen-asked': {
    audience: 'staff',
    zh: {
      subject: '投诉人请求重新办理',
      text: ({ number }) => `案件${number}的投诉人请求重新办理，请登录查看理由并决定。`,
    },
    en: {
      subject: 'Asked to take a case up again',
      text: ({ number }) =>
        `The complainant of case ${number} asks that it be taken up again. Please read why, and decide.`,
    },
  },
  supervision: {
    audience: 'staff',
    zh: {
      subject: '督办通知',
      text: ({ number, answerBy }) => `案件${number}已督办，请于${zhDay(answerBy)}前办理并反馈。`,
    },
    en: {
      subject: 'Supervision order',
      text: ({ number, answerBy }) => `Case ${number} is under supervision: act and answer by ${answerBy}.`,
    },
  },
};

/** A notice as each channel sends it; put `channel` and `to` beside one of them. */
export interface Composed {
  sms: { body: string; template: Template };
  email: { subject: string; body: string };
}

/** Writes a notice. The signature stands first in every language: carriers demand it, and it says who writes. */
export function composeNotice<Id extends NoticeId>(
  id: Id,
  given: NoticeParameters[Id] & Letterhead,
  language: Language = 'zh',
): Composed {
  const { subject, text, more }: Text<NoticeParameters[Id]> = NOTICES[id][language];
  const signature = `【${given.bureau}】`;
  const first = text(given);
  const paragraphs = [first, ...(more === undefined ? [] : [more(given)]), `${given.bureau} ${given.phone}`];
  return {
    sms: { body: `${signature}${first}`, template: { id, values: plainValues(given) } },
    email: { subject: `${signature}${subject} ${given.number}`, body: `${paragraphs.join('\n\n')}\n` },
  };
}

/** What is plain in the parameters: for providers that send a template and values. */
const plainValues = (given: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
