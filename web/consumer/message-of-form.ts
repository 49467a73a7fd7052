import { parseYuan } from '../../shared/money.ts';
import type { FieldProblem } from '../api/call.ts';
import { type FormError, isTicked, valueOf } from '../components/form.ts';
import { COMMON, say } from '../components/texts.ts';
import type { JointRows } from './joint-complainants.ts';
import type { PreviewDraft } from './reading.ts';

export const STEPS = ['tell', 'ask', 'you', 'review'] as const;
export type Step = (typeof STEPS)[number];

export type FiledKind = 'complaint' | 'report' | 'inquiry';

/** Where each part of the message stands in the form. */
const FIELD_OF: Readonly<Record<string, string>> = {
  '/text': 'text',
  '/request': 'request',
  '/report/text': 'report-text',
  '/business/name': 'business-name',
  '/business/address': 'business-address',
  '/paidFen': 'paid',
  '/claimedFen': 'claimed',
  '/occurredOn': 'occurred-on',
  '/sms': 'sms',
  '/agent/name': 'agent-name',
  '/agent/phone': 'agent-phone',
  '/agent/until': 'agent-until',
  '/complainant': 'name',
  '/complainant/name': 'name',
  '/complainant/phone': 'phone',
  '/complainant/address': 'address',
  '/complainant/email': 'email',
  'x-phone-code': 'phone-code',
};

/** The step on which a field is asked for; what was understood can be corrected on the last one. */
export function stepOfField(id: string | undefined): Step {
  if (id === undefined) return 'review';
  if (/^(?:text|kind|also-report|report-)/.test(id)) return 'tell';
  return /^(?:name|phone|address|email|joint|agent|anonymous|sms)/.test(id) ? 'you' : 'review';
}

export function kindOf(form: HTMLFormElement): FiledKind {
  const kind = valueOf(form, 'kind');
  return kind === 'report' || kind === 'inquiry' ? kind : 'complaint';
}

/** What the service is asked while the person writes: the words, and what he has filled in himself. */
export function draftOf(form: HTMLFormElement, byHand: ReadonlySet<string>): PreviewDraft {
  const typed = (id: string) => (byHand.has(id) ? valueOf(form, id) || undefined : undefined);
  return {
    kind: kindOf(form),
    text: valueOf(form, 'text'),
    request: typed('request'),
    business: { name: typed('business-name'), address: typed('business-address') },
    paidFen: parseYuan(typed('paid') ?? ''),
    claimedFen: parseYuan(typed('claimed') ?? ''),
    occurredOn: typed('occurred-on'),
  };
}

/** The message as the API takes it, and what a person must correct before it is worth sending. */
export function messageOf(form: HTMLFormElement, joint: JointRows) {
  const errors: FormError[] = [];
  const kind = kindOf(form);
  const typed = (id: string) => valueOf(form, id) || undefined;
  const needed = (id: string) => {
    const value = typed(id);
    if (value === undefined) errors.push({ id, text: say(COMMON.missing) });
    return value;
  };
  const amount = (id: string) => {
    const value = typed(id);
    const fen = value === undefined ? undefined : parseYuan(value);
    if (value !== undefined && fen === undefined) errors.push({ id, text: say(COMMON.notAnAmount) });
    return fen;
  };
  const complainant = () => ({
    name: needed('name'),
    phone: needed('phone'),
    address: typed('address'),
    email: typed('email'),
  });
  const agent = () => {
    if (typed('agent-name') === undefined && typed('agent-phone') === undefined) return undefined;
    return {
      name: needed('agent-name'),
      phone: needed('agent-phone'),
      powers: valueOf(form, 'agent-powers'),
      until: typed('agent-until'),
    };
  };
  const business = () => ({ name: typed('business-name'), address: typed('business-address') });
  const text = needed('text');
  const bodies: Readonly<Record<FiledKind, () => object>> = {
    complaint: () => ({
      text,
      request: typed('request'),
      business: business(),
      paidFen: amount('paid'),
      claimedFen: amount('claimed'),
      occurredOn: typed('occurred-on'),
      report: isTicked(form, 'also-report')
        ? { text: needed('report-text'), anonymous: isTicked(form, 'report-anonymous') || undefined }
        : undefined,
      complainant: complainant(),
      joint: joint.read(form, errors),
      agent: agent(),
      sms: isTicked(form, 'sms') || undefined,
      consents: {
        publish: isTicked(form, 'agree-publish') || undefined,
        entrust: isTicked(form, 'agree-entrust') || undefined,
      },
    }),
    report: () => ({
      kind,
      text,
      business: business(),
      occurredOn: typed('occurred-on'),
      complainant: isTicked(form, 'anonymous') ? undefined : complainant(),
    }),
    inquiry: () => ({
      kind,
      text,
      complainant: complainant(),
      sms: isTicked(form, 'sms') || undefined,
    }),
  };
  return { body: bodies[kind](), errors };
}

/** The field that a problem of the service belongs to; `/joint/0/phone` is the phone in the first row. */
export function inForm(problem: FieldProblem): FormError {
  const joint = /^\/joint\/(\d+)\/(\w+)$/.exec(problem.field);
  const id = joint === null ? FIELD_OF[problem.field] : `joint-${Number(joint[1]) + 1}-${joint[2]}`;
  return { id, text: say(problem) };
}
