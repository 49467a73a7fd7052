import type { Kind } from '../case/case.ts';

/** On what it rests which place is asked: Order 121. */
export const COMPETENCE = {
  'art13-1': {
    zh: '经营者实际经营地或者住所地',
    en: 'Where the business is, or has its residence',
    basis: '总局令第121号第十三条第一款',
  },
  'art13-operator': {
    zh: '电子商务平台经营者、自建网站经营者住所地',
    en: 'Residence of the platform operator, or of who runs the site',
    basis: '总局令第121号第十三条第二款',
  },
  'art13-shown': {
    zh: '平台内经营者在平台公示的经营地址所在地',
    en: 'Address that the shop shows on the platform',
    basis: '总局令第121号第十三条第三款',
  },
  'art13-not-shown': {
    zh: '平台内经营者未公示地址或者无法取得联系，由平台经营者住所地处理',
    en: 'No address shown, or nobody reached there: residence of the platform operator',
    basis: '总局令第121号第十三条第三款',
  },
  'art29-act': {
    zh: '违法行为发生地',
    en: 'Place of the act',
    basis: '总局令第121号第二十九条',
  },
  'art31-operator': {
    zh: '被举报的电子商务平台经营者、自建网站经营者住所地',
    en: 'Residence of the platform operator, or of who runs the site, that is reported',
    basis: '总局令第121号第三十一条第一款',
  },
  'art31-shop': {
    zh: '平台内经营者实际经营地',
    en: 'Where the shop on the platform really is',
    basis: '总局令第121号第三十一条第二款',
  },
  'art32-publisher': {
    zh: '利用大众传播媒介发布广告的，广告发布者所在地',
    en: 'Advertising in mass media: where the publisher is',
    basis: '总局令第121号第三十二条第一款',
  },
  'art32-first': {
    zh: '互联网广告，广告主所在地先行收到举报的，也可以处理',
    en: 'Advertising on the internet: where the advertiser is, if that authority was told first',
    basis: '总局令第121号第三十二条第二款',
  },
  'art32-advertiser': {
    zh: '广告主自行发布互联网广告的，广告主所在地',
    en: 'Advertising that the advertiser himself put on the internet: where he is',
    basis: '总局令第121号第三十二条第三款',
  },
} as const satisfies Record<string, { zh: string; en: string; basis: string }>;

export type CompetenceGround = keyof typeof COMPETENCE;

/** A platform and who runs it. */
export interface PlatformOperator {
  /** As consumers call it. */
  name: string;
  aliases: readonly string[];
  /** The company. */
  operator: string;
  creditCode?: string | undefined;
  /** Division code of its residence, six digits or more. */
  division: string;
}

/** Another authority, for those who have to be sent there. */
export interface OtherAuthority {
  /** Division it is responsible for: a county's or city's code. */
  division: string;
  name: string;
  address: string;
  phone: string;
}

/** What a case says of where its business deals. */
interface Dealing {
  kind: Kind;
  /** The platform on which it was bought, or that is complained about itself. */
  platform?: PlatformOperator | undefined;
  /** The complaint is about the operator, not about a shop there. */
  againstOperator: boolean;
  /** An address is known: for a shop on a platform the one that is shown there. */
  hasAddress: boolean;
  /** Nobody was reached at that address; an officer has noted it. */
  unreachable: boolean;
  /** A report of an advertisement: in film, radio, press, television; on the internet; by the advertiser himself. */
  advertising?: 'mass' | 'internet' | 'own' | undefined;
}

/** Whose place decides who is competent: that of the business as named, of the platform's operator, of the publisher. */
export interface Placing {
  by: 'business' | 'operator' | 'publisher';
  ground: CompetenceGround;
}

interface Row {
  when: (dealing: Dealing) => boolean;
  by: Placing['by'];
  ground: CompetenceGround;
}

/** The first row that fits. Complaints: Art. 13; reports: Art. 29 to 32. */
const ROWS: readonly Row[] = [
  {
    when: ({ kind, advertising }) => kind === 'report' && advertising === 'mass',
    by: 'publisher',
    ground: 'art32-publisher',
  },
  {
    when: ({ kind, advertising }) => kind === 'report' && advertising === 'own',
    by: 'business',
    ground: 'art32-advertiser',
  },
  {
    when: ({ kind, advertising }) => kind === 'report' && advertising === 'internet',
    by: 'business',
    ground: 'art32-first',
  },
  {
    when: ({ kind, platform, againstOperator }) =>
      kind === 'report' && platform !== undefined && !againstOperator,
    by: 'business',
    ground: 'art31-shop',
  },
  {
    when: ({ kind, againstOperator }) => kind === 'report' && againstOperator,
    by: 'operator',
    ground: 'art31-operator',
  },
  {
    when: ({ kind, platform }) => kind === 'report' && platform === undefined,
    by: 'business',
    ground: 'art29-act',
  },
  {
    when: ({ platform, againstOperator }) => platform !== undefined && againstOperator,
    by: 'operator',
    ground: 'art13-operator',
  },
  {
    when: ({ platform, hasAddress, unreachable }) => platform !== undefined && (!hasAddress || unreachable),
    by: 'operator',
    ground: 'art13-not-shown',
  },
  { when: ({ platform }) => platform !== undefined, by: 'business', ground: 'art13-shown' },
  { when: () => true, by: 'business', ground: 'art13-1' },
];

/** Whose place is asked, and by which article. */
export function placingOf(dealing: Dealing): Placing {
  const { by, ground } = ROWS.find(({ when }) => when(dealing)) as Row;
  return { by, ground };
}

/** The authority for a division: of the county, else of its city; undefined where the register knows none. */
export function authorityOf(
  division: string,
  authorities: readonly OtherAuthority[],
): OtherAuthority | undefined {
  const of = (code: string) => authorities.find((one) => one.division === code);
  return of(division.slice(0, 6)) ?? of(`${division.slice(0, 4)}00`);
}
