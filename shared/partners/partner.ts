import * as z from 'zod';
import type { Complaint } from '../case/case.ts';
import type { LocalDate } from '../dates.ts';
import type { Division } from '../jurisdiction/registry.ts';

/** Who tries to settle a complaint before the authority does (先行和解). */
export const PARTNER_KINDS = {
  'rights-station': { zh: '消费维权服务站', en: 'Rights station' },
  business: { zh: '在线消费纠纷解决企业', en: 'Business that settles online (ODR)' },
} as const;
export type PartnerKind = keyof typeof PARTNER_KINDS;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A rights station in a mall, market, company or scenic spot, or a business that is registered for ODR (绿色通道). */
export const storedPartner = z.object({
  code: z.string().regex(/^[A-Z0-9]{3,20}$/),
  kind: z.enum(Object.keys(PARTNER_KINDS) as [PartnerKind, ...PartnerKind[]]),
  name: z.string().min(1),
  aliases: z.array(z.string()).default([]),
  /** Codes of townships or counties that a rights station serves. */
  divisions: z.array(z.string().regex(/^\d{6}(?:\d{3})?$/)).default([]),
  /** Names of venues and streets as they stand in addresses: `天一广场`. */
  addresses: z.array(z.string().min(2)).default([]),
  creditCode: z.string().optional(),
  /** Where notices of its cases go. */
  phone: z.string().optional(),
  email: z.string().optional(),
  /** First and last day on which it is given cases. */
  from: day,
  to: day.optional(),
  /** Ed25519 public keys of its own system, SPKI in base64; a second one while it changes them. */
  keys: z.array(z.string().regex(/^[A-Za-z0-9+/]+=*$/)).default([]),
});

export type Partner = z.output<typeof storedPartner>;

/** True on the days on which cases may be handed to it. */
export function isActive({ from, to }: Pick<Partner, 'from' | 'to'>, on: LocalDate): boolean {
  return from <= on && (to === undefined || on <= to);
}

/** Why somebody fits a complaint; the first reasons say most. */
export const WHY_FITTING = {
  'same-name': { zh: '就是被投诉的商家', en: 'It is the business complained about' },
  'registered-business': { zh: '登记名称对应的企业', en: 'The registered business of that name' },
  'in-its-venue': { zh: '商家在它的场所里', en: 'The business lies in its venue' },
  'serves-the-place': { zh: '服务商家所在的乡镇街道', en: 'It serves the township of the business' },
} as const;
type WhyFitting = keyof typeof WHY_FITTING;

/** A partner, and why it fits; without a reason it was only looked for by name. */
export interface Proposal {
  partner: Partner;
  why: WhyFitting | undefined;
}

/**
 * Those who could settle a complaint first, the most fitting first: a business by its name, alias or the credit code that
 * was recognised in the complaint, a rights station by its venue or its township. With `find` all whose name, alias or code holds it, fitting or not.
 */
export function proposePartners(
  business: Complaint['business'],
  partners: readonly Partner[],
  { divisions, creditCode: known }: { divisions: readonly Division[]; creditCode?: string | undefined },
  on: LocalDate,
  find = '',
): Proposal[] {
  const name = plain(business.name);
  const address = plain(business.address);
  const places = [
    ...(business.divisionCode === undefined ? [] : [business.divisionCode]),
    ...divisions.filter((one) => address.includes(plain(one.name))).map(({ code }) => code),
  ];
  const reasons: Readonly<Record<WhyFitting, (partner: Partner) => boolean>> = {
    'same-name': (one) => name !== '' && namesOf(one).includes(name),
    'registered-business': ({ creditCode }) => known !== undefined && creditCode === known,
    'in-its-venue': ({ addresses }) => addresses.some((venue) => address.includes(plain(venue))),
    'serves-the-place': (one) => one.divisions.some((code) => places.some((at) => at.startsWith(code))),
  };
  const order = Object.keys(WHY_FITTING) as WhyFitting[];
  const looked = plain(find);
  return partners
    .filter((partner) => isActive(partner, on))
    .map((partner) => ({ partner, why: order.find((why) => reasons[why](partner)) }))
    .filter(({ partner, why }) =>
      looked === ''
        ? why !== undefined
        : [plain(partner.code), ...namesOf(partner)].some((text) => text.includes(looked)),
    )
    .sort((a, b) => rankOf(a) - rankOf(b) || (a.partner.code < b.partner.code ? -1 : 1));

  function rankOf({ why }: Proposal): number {
    return why === undefined ? order.length : order.indexOf(why);
  }
}

const namesOf = ({ name, aliases }: { name: string; aliases: readonly string[] }) =>
  [name, ...aliases].map(plain);

/** Without what people write in different ways: spaces, brackets and what stands in them, width, case. */
function plain(text: string | undefined): string {
  return (text ?? '')
    .normalize('NFKC')
    .replace(/\([^)]*\)|[\s()[\]【】「」]/g, '')
    .toLowerCase();
}
