import type { Case, CaseEvent, Identity } from '../case/case.ts';
import type { Registry } from '../jurisdiction/registry.ts';
import { formatYuan } from '../money.ts';
import { wordsOf } from '../understanding/understood.ts';
import type { FormId, FormValues } from './forms.ts';

/** What a form is filled from. */
export interface FormSource {
  found: Case;
  /** Who complained or informed; absent for a report without a name. */
  identity: Identity | undefined;
  /** The step that issued the form, or what is typed of it (no day yet); absent while it is a mere draft. */
  issued: (Pick<CaseEvent, 'facts' | 'words'> & Partial<Pick<CaseEvent, 'on' | 'type'>>) | undefined;
  documentNumber: string | undefined;
  registry: Pick<Registry, 'units' | 'officers'>;
  /** To whom this copy goes, where a form goes to both sides. */
  party: 'complainant' | 'business';
}

type Mappings = { [Id in FormId]: (source: FormSource) => FormValues<Id> };

// Days after form 7 within which a mediator can be challenged: blank in the form, the bureau's usual three.
export const RECUSAL_DAYS = 3;

const word = ({ issued }: FormSource, name: string) => issued?.words?.[name];
const fact = ({ issued }: FormSource, name: string) => {
  const value = issued?.facts[name];
  // What is only typed yet was checked by nobody.
  return typeof value === 'string' ? value : undefined;
};
/** Art. 16(1)–(7), 23(1)–(8): the number of the ground, as the form prints it. */
const groundNumber = (ground: string | undefined) => Number(ground?.split('-')[1]) || undefined;

const unitNamed = ({ registry }: FormSource, code: string | undefined) =>
  registry.units.find((unit) => unit.code === code);
/** Forms bear the name of the authority, also where a station handles the case in its name (Art. 30). */
const authorityOf = (source: FormSource) =>
  unitNamed(source, source.found.unitPath[1] ?? source.found.unitPath[0]);
const handlerOf = (source: FormSource) => unitNamed(source, source.found.unitPath.at(-1));
const officerOf = ({ registry, found }: FormSource) =>
  registry.officers.find(({ id }) => id === found.officers[0])?.name;

const sealed = (source: FormSource) => ({
  documentNumber: source.documentNumber,
  authority: authorityOf(source)?.name,
  date: source.issued?.on,
});
const addressee = (source: FormSource) =>
  source.party === 'business' ? source.found.complaint.business.name : everyone(source.identity);
const subject = ({ found }: FormSource) => {
  const { name } = found.complaint.business;
  const matter = found.kind === 'report' ? '涉嫌违法行为' : '消费者权益争议';
  return name === undefined || name === '' ? matter : `${name}${matter}`;
};

/** All who complain together, the representative first (Art. 12). */
function everyone(identity: Identity | undefined): string | undefined {
  if (identity === undefined) return undefined;
  return [identity, ...(identity.joint ?? [])].map(({ name }) => name).join('、');
}

const facts = ({ found: { complaint } }: FormSource) =>
  [
    complaint.text,
    complaint.occurredOn === undefined ? undefined : `发生日期：${complaint.occurredOn}`,
    complaint.paidFen === undefined ? undefined : `已付金额：${formatYuan(complaint.paidFen)}元`,
  ]
    .filter((line) => line !== undefined)
    .join('\n');

/** What a form that the business gets may tell: of a complaint that is also a report only the complaint's part. */
const toBusiness = ({ found: { complaint, understood } }: FormSource) =>
  understood?.parts === undefined ? complaint.text : wordsOf(complaint.text, understood.parts.complaint);

const request = ({ found: { complaint } }: FormSource) => {
  const claimed =
    complaint.claimedFen === undefined ? undefined : `诉求金额：${formatYuan(complaint.claimedFen)}元`;
  const lines = [complaint.request, claimed].filter((line) => line !== undefined);
  return lines.length === 0 ? undefined : lines.join('\n');
};

/** How each form is filled from a case. What the case does not know stays blank, to be finished by hand. */
const MAPPINGS: Mappings = {
  'form-1': (source) => ({
    unit: unitNamed(source, source.found.unitPath[0])?.name,
    caseNumber: source.found.number,
    name: everyone(source.identity),
    phone: source.identity?.phone,
    idType: source.identity?.idType,
    idNumber: source.identity?.idNumber,
    address: source.identity?.address,
    mayPublish: source.found.consents.publish ?? source.found.complaint.consents?.publish,
    mayEntrust: source.found.consents.entrust ?? source.found.complaint.consents?.entrust,
    business: source.found.complaint.business.name,
    businessContact: source.found.complaint.business.contact,
    businessAddress: source.found.complaint.business.address,
    businessPhone: source.found.complaint.business.phone,
    facts: facts(source),
    request: request(source),
  }),
  'form-2': (source) => ({
    unit: unitNamed(source, source.found.unitPath[0])?.name,
    caseNumber: source.found.number,
    name: source.identity?.name,
    phone: source.identity?.phone,
    address: source.identity?.address,
    idNumber: source.identity?.idNumber,
    business: source.found.complaint.business.name,
    businessAddress: source.found.complaint.business.address,
    clues: facts(source),
  }),
  'form-3': (source) => ({
    ...sealed(source),
    // The hub that hands the case out signs; the county that gets it is addressed.
    authority: unitNamed(source, source.found.unitPath[0])?.name,
    recipient: authorityOf(source)?.name,
    person: source.identity?.name ?? '匿名举报人',
    receivedOn: source.found.receivedOn,
    subject: subject(source),
    matter: source.found.kind === 'report' ? '举报' : '投诉',
    dueOn: fact(source, 'reportBy'),
  }),
  'form-4': (source) => ({
    ...sealed(source),
    addressee: addressee(source),
    dueOn: source.found.clocks.findLast(({ id }) => id === 'identity')?.due,
    materials: word(source, 'wanted')
      ?.split(/[\n；;]/)
      .filter((line) => line.trim() !== ''),
    phone: handlerOf(source)?.phone,
    address: handlerOf(source)?.address,
  }),
  'form-5': (source) => ({
    ...sealed(source),
    addressee: addressee(source),
    receivedOn: source.found.receivedOn,
    subject: subject(source),
    contact: officerOf(source) ?? handlerOf(source)?.name,
    phone: handlerOf(source)?.phone,
  }),
  'form-6': (source) => ({
    ...sealed(source),
    addressee: addressee(source),
    receivedOn: source.found.receivedOn,
    subject: subject(source),
    ground: groundNumber(fact(source, 'ground')) as FormValues<'form-6'>['ground'],
  }),
  'form-7': (source) => ({
    ...sealed(source),
    addressee: addressee(source),
    subject: subject(source),
    mediationDate: fact(source, 'meetsAt')?.slice(0, 10),
    mediationTime: fact(source, 'meetsAt')?.slice(11, 16),
    place: word(source, 'place'),
    recusalDays: RECUSAL_DAYS,
    mediators: word(source, 'mediators')?.split(/[、,，;；\s]+/),
    phone: handlerOf(source)?.phone,
  }),
  'form-8': (source) => ({
    ...sealed(source),
    addressee: addressee(source),
    subject: subject(source),
    ground: groundNumber(fact(source, 'ground')) as FormValues<'form-8'>['ground'],
  }),
  'form-9': (source) => ({
    ...sealed(source),
    complainant: everyone(source.identity),
    complainantPhone: source.identity?.phone,
    complainantAddress: source.identity?.address,
    business: source.found.complaint.business.name,
    representative: source.found.complaint.business.contact,
    businessPhone: source.found.complaint.business.phone,
    businessAddress: source.found.complaint.business.address,
    content: [toBusiness(source), request(source)].filter(Boolean).join('\n'),
    agreement: agreementOf(source),
  }),
  'form-10': (source) => ({
    ...sealed(source),
    addressee: source.identity?.name,
    subject: subject(source),
    ...lawOf(word(source, 'basis')),
    result: resultOf(source),
  }),
};

function agreementOf(source: FormSource): string | undefined {
  const agreed = source.issued?.facts.agreedFen;
  const promisedOn = fact(source, 'promisedOn');
  const lines = [
    word(source, 'agreement'),
    typeof agreed === 'number' && agreed > 0
      ? `被投诉人向投诉人支付人民币${formatYuan(agreed)}元。`
      : undefined,
    promisedOn === undefined ? undefined : `于${promisedOn}前履行完毕。`,
  ].filter((line) => line !== undefined);
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** `《…法》第…条` as the officer wrote it, taken apart for the form's two blanks. */
function lawOf(basis: string | undefined): { law?: string; article?: string } {
  const [, law, article] = /《(.+?)》第([^条]+)条/.exec(basis ?? '') ?? [];
  return { ...(law === undefined ? {} : { law }), ...(article === undefined ? {} : { article }) };
}

function resultOf(source: FormSource): string | undefined {
  if (source.issued?.type === 'not-filed') return '经核查，不予立案。';
  const decision = fact(source, 'decision');
  const words: Record<string, string> = {
    penalty: '已依法作出行政处罚决定。',
    'no-penalty': '已依法作出不予行政处罚决定。',
    revoked: '已撤销立案。',
  };
  return decision === undefined ? undefined : words[decision];
}

/** The values that a case has for a form. */
export function valuesOf<Id extends FormId>(id: Id, source: FormSource): FormValues<Id> {
  return MAPPINGS[id](source);
}
