import type * as z from 'zod';
import { isLocalDate, type LocalDate, shanghaiDate } from '../dates.ts';
import { parseParameters } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { parseYuan } from '../money.ts';
import { sha256 } from '../sha256.ts';
import type { Problem as ProblemKind } from '../understanding/understanding.ts';
import { type Fields, readFields } from './fields.ts';
import {
  BAD_API_KEY,
  isSome,
  NO_SUCH_SERVICE,
  type Refusal,
  refuse,
  type Wrong,
  wrongJurisdiction,
} from './refusal.ts';
import {
  ATTRIBUTES,
  type Attribute,
  type AttributeCode,
  type Choices,
  findService,
  problemOf,
  SERVICES,
  type ServiceCode,
} from './services.ts';

/** What GeoReport sends beside a complaint, and what has no place in the contract of a submission. */
interface PostedDetails {
  service: ServiceCode;
  problem?: ProblemKind;
  /** WGS 84, in degrees. */
  location?: { lat: number; long: number };
  /** A stranger's address: never fetched without care, never shown. */
  mediaUrl?: string;
  /** Of the sender, given back in the answer. Like `deviceId` data of the person: not kept with a report. */
  accountId?: string;
  deviceId?: string;
}

/** A message that can be registered. */
export interface Posting<Schema extends z.ZodType> {
  submission: z.output<Schema>;
  details: PostedDetails;
  /**
   * The same for each repeat. GeoReport has no idempotency key: where the client sent none, the same words from the same
   * client, account and device are the same message. Two clients never share one.
   */
  repeatKey: string;
}

/** What the endpoint brings along. */
export interface PostContext<Schema extends z.ZodType> {
  /** The contract: `submission` of events/submission.ts. */
  schema: Schema;
  jurisdiction: string;
  /** Whether this API key may post; undefined when none was sent. */
  mayPost: (apiKey: string | undefined) => boolean;
  /** Parameters of the address; what the body says counts first. */
  query?: Readonly<Record<string, string | undefined>>;
  /** Header `Idempotency-Key`, an extension. */
  idempotencyKey?: string | undefined;
}

/**
 * Reads POST /requests of GeoReport v2 as a submission. Never throws; what cannot be read is refused with all its
 * reasons, each with the parameter's name of the specification and without what was sent.
 * @param body a form or JSON, see `readFields`
 * @see http://wiki.open311.org/GeoReport_v2/#post-service-request
 */
export function parsePostRequest<Schema extends z.ZodType>(
  body: string | Uint8Array,
  contentType: string | undefined,
  { schema, jurisdiction, mayPost, query, idempotencyKey }: PostContext<Schema>,
): Posting<Schema> | { refusal: Refusal } {
  const read = readFields(body, contentType, query);
  if ('wrong' in read) return refuse(read.wrong);
  const { fields } = read;
  if (!mayPost(first(fields, 'api_key'))) return refuse(BAD_API_KEY);
  const elsewhere = wrongJurisdiction(first(fields, 'jurisdiction_id'), jurisdiction);
  if (elsewhere !== undefined) return refuse(elsewhere);
  const code = first(fields, 'service_code');
  if (code === undefined) return refuse(missing('service_code'));
  const service = findService(code);
  if (service === undefined) return refuse(NO_SUCH_SERVICE);

  const wrong: Wrong[] = [];
  const attributes = readAttributes(fields, wrong);
  const place = readPlace(fields, wrong);
  const mediaUrl = readMediaUrl(fields, wrong);
  if (isSome(wrong)) return refuse(...wrong);

  const draft = draftOf(fields, service, attributes, place);
  const checked = check(draft, schema);
  if ('refusal' in checked) return checked;
  const problem = problemOf(attributes.problem);
  const details: PostedDetails = {
    service,
    ...present({
      problem,
      location: place.location,
      mediaUrl,
      accountId: first(fields, 'account_id', 200),
      deviceId: first(fields, 'device_id', 200),
    }),
  };
  const { submission } = checked;
  return {
    submission,
    details,
    repeatKey: sha256(JSON.stringify([first(fields, 'api_key'), idempotencyKey ?? [submission, details]])),
  };
}

const first = (fields: Fields, name: string, longest = 100_000) => fields.get(name)?.[0]?.slice(0, longest);

const missing = (field: string): Wrong => ({
  code: 'missing',
  field,
  zh: '缺少此项，请填写',
  en: 'This was not provided; please fill it in',
});

const bad = (field: string, zh: string, en: string): Wrong => ({ code: 'bad-value', field, zh, en });

/** What the attributes say, each read as its datatype. */
interface Attributes {
  kind?: string;
  name?: string;
  phone?: string;
  problem?: string;
  paidFen?: number;
  claimedFen?: number;
  occurredOn?: LocalDate;
  request?: string;
  publish?: boolean;
  entrust?: boolean;
}

function readAttributes(fields: Fields, wrong: Wrong[]): Attributes {
  const values = (code: AttributeCode) => fields.get(`attribute[${code}]`) ?? [];
  const one = (code: AttributeCode): string | undefined => values(code)[0];
  const field = (code: AttributeCode) => `attribute[${code}]`;

  const choices = (code: AttributeCode): { key: string; zh: string }[] => {
    const list = choicesOf(code);
    // Some clients send several in one value.
    const sent = values(code)
      .flatMap((value) => value.split(/[,，、;；]/))
      .filter((value) => value.trim() !== '');
    const keys = sent.map((value) => choiceOf(value, list));
    if (keys.includes(undefined)) {
      wrong.push(
        bad(
          field(code),
          `只能是：${Object.keys(list).join('、')}`,
          `Must be one of: ${Object.keys(list).join(', ')}`,
        ),
      );
    }
    return keys.filter((key) => key !== undefined).map((key) => ({ key, zh: list[key]?.zh ?? key }));
  };
  const yuan = (code: AttributeCode): number | undefined => {
    const written = one(code);
    const fen = written === undefined ? undefined : parseYuan(written);
    if (written !== undefined && fen === undefined) {
      wrong.push(bad(field(code), '金额应写作 99.50，单位为元', 'Write the sum as 99.50, in yuan'));
    }
    return fen;
  };
  const day = (code: AttributeCode): LocalDate | undefined => {
    const written = one(code);
    const date = written === undefined ? undefined : dayOf(written);
    if (written !== undefined && date === undefined) {
      wrong.push(bad(field(code), '日期应写作 2026-11-21', 'Write the date as 2026-11-21'));
    }
    return date;
  };
  const yes = (code: AttributeCode): boolean | undefined => {
    const key = choices(code)[0]?.key;
    return key === undefined ? undefined : key === 'yes';
  };

  const wanted = choices('wanted')
    .map(({ zh }) => zh)
    .join('、');
  const request = [wanted, one('request') ?? ''].filter((words) => words !== '').join('；');
  return present({
    kind: choices('kind')[0]?.key,
    name: one('business_name'),
    phone: one('business_phone'),
    problem: choices('problem')[0]?.key,
    paidFen: yuan('paid'),
    claimedFen: yuan('claimed'),
    occurredOn: day('occurred_on'),
    request: request === '' ? undefined : request,
    publish: yes('publish'),
    entrust: yes('entrust'),
  });
}

function choicesOf(code: AttributeCode): Choices {
  const attribute: Attribute | undefined = ATTRIBUTES.find((one) => one.code === code);
  return attribute?.values ?? {};
}

/** Clients of many makers tick a box in their own way. */
const TICKED: Readonly<Record<string, string>> = {
  true: 'yes',
  '1': 'yes',
  on: 'yes',
  false: 'no',
  '0': 'no',
  off: 'no',
};

/** The key that was meant: the key in any case, the Chinese name, or a ticked box; undefined for all else. */
function choiceOf(written: string, choices: Choices): string | undefined {
  const plain = written.normalize('NFKC').trim().toLowerCase();
  const meant = Object.keys(choices).find((key) => key === plain || choices[key]?.zh === plain);
  if (meant !== undefined) return meant;
  const ticked = Object.hasOwn(TICKED, plain) ? TICKED[plain] : undefined;
  return ticked !== undefined && Object.hasOwn(choices, ticked) ? ticked : undefined;
}

/** A day, or the day in Shanghai of an instant with its zone; without a zone the day as it is written. */
function dayOf(written: string): LocalDate | undefined {
  const plain = written.normalize('NFKC').trim();
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[t ]\S.*)?$/i.exec(plain);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isLocalDate(date)) return undefined;
  const zoned = /t.*(?:z|[+-]\d{2}:?\d{2})$/i.test(plain) ? new Date(plain) : undefined;
  if (zoned === undefined) return date;
  return Number.isNaN(zoned.getTime()) ? undefined : shanghaiDate(zoned);
}

interface Place {
  address?: string;
  divisionCode?: string;
  location?: { lat: number; long: number };
}

/** Where it is: one of the three ways that the specification asks for. */
function readPlace(fields: Fields, wrong: Wrong[]): Place {
  const address = first(fields, 'address_string') ?? first(fields, 'address');
  const divisionCode = first(fields, 'address_id');
  const lat = degrees(fields, ['lat', 'latitude'], 90, wrong);
  const long = degrees(fields, ['long', 'lng', 'lon', 'longitude'], 180, wrong);
  if ((lat === undefined) !== (long === undefined) && !isSome(wrong)) {
    wrong.push(missing(lat === undefined ? 'lat' : 'long'));
  }
  // Null island: devices send it while they do not know where they are.
  const known = lat !== undefined && long !== undefined && (lat !== 0 || long !== 0);
  const location = known ? { lat, long } : undefined;
  if (divisionCode !== undefined && !/^\d{6}(?:\d{3}){0,2}$/.test(divisionCode)) {
    wrong.push(
      bad('address_id', '应为 6、9 或 12 位行政区划代码', 'Must be a division code of 6, 9 or 12 digits'),
    );
  }
  if (address === undefined && divisionCode === undefined && location === undefined && !isSome(wrong)) {
    wrong.push({
      code: 'missing',
      field: 'address_string',
      zh: '请填写地点：address_string、address_id 或者 lat 和 long',
      en: 'A location was not provided: address_string, address_id, or lat and long',
    });
  }
  return present({ address, divisionCode, location });
}

function degrees(fields: Fields, names: readonly [string, ...string[]], most: number, wrong: Wrong[]) {
  const written = names.map((name) => first(fields, name)).find((value) => value !== undefined);
  if (written === undefined) return undefined;
  const value = /^[+-]?\d{1,3}(?:\.\d{1,20})?$/.test(written) ? Number(written) : Number.NaN;
  if (Math.abs(value) <= most) return value;
  wrong.push(
    bad(
      names[0],
      `应为 -${most} 至 ${most} 之间的度数（WGS 84）`,
      `Must be degrees from -${most} to ${most} (WGS 84)`,
    ),
  );
  return undefined;
}

function readMediaUrl(fields: Fields, wrong: Wrong[]): string | undefined {
  const written = first(fields, 'media_url');
  if (written === undefined) return undefined;
  const url = written.length <= 2_000 && URL.canParse(written) ? new URL(written) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url.href;
  wrong.push(bad('media_url', '应为 http 或者 https 网址', 'Must be an http or https URL'));
  return undefined;
}

function draftOf(fields: Fields, service: ServiceCode, attributes: Attributes, place: Place) {
  const { kind = 'complaint', name, phone, problem, publish, entrust, ...sums } = attributes;
  const { lat, long } = place.location ?? {};
  // Whoever looks for the business must see where it is; the contract has no field for degrees.
  const address = place.address ?? (lat === undefined ? undefined : `WGS84 ${lat}, ${long}`);
  const classes = [SERVICES[service].zh, problemOf(problem)].filter((word) => word !== undefined).join('：');
  const consents = present({ publish, entrust });
  return present({
    kind,
    // The specification does not ask for a description; what it is about is known all the same.
    text: first(fields, 'description') ?? classes,
    complainant: complainantOf(fields),
    business: present({ name, phone, address, divisionCode: place.divisionCode }),
    consents: Object.keys(consents).length === 0 ? undefined : consents,
    ...sums,
  });
}

function complainantOf(fields: Fields) {
  const [given, family] = [first(fields, 'first_name'), first(fields, 'last_name')];
  const parts = [family, given].filter((part) => part !== undefined);
  const chinese = parts.some((part) => /\p{Script=Han}/u.test(part));
  const name = chinese ? parts.join('') : parts.reverse().join(' ');
  const person = present({
    name: name === '' ? undefined : name,
    phone: first(fields, 'phone'),
    email: first(fields, 'email'),
  });
  return Object.keys(person).length === 0 ? undefined : person;
}

/** The object without what is undefined: the contract is strict. */
function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Present<T>;
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** What the fields of a submission are called in Open311; what is not named here keeps its name. */
const PARAMETERS: Readonly<Record<string, string>> = {
  kind: 'attribute[kind]',
  text: 'description',
  complainant: 'last_name, phone',
  'complainant.name': 'last_name',
  'complainant.phone': 'phone',
  'complainant.email': 'email',
  'business.name': 'attribute[business_name]',
  'business.phone': 'attribute[business_phone]',
  'business.address': 'address_string',
  'business.divisionCode': 'address_id',
  paidFen: 'attribute[paid]',
  claimedFen: 'attribute[claimed]',
  occurredOn: 'attribute[occurred_on]',
  request: 'attribute[request]',
};

function check<Schema extends z.ZodType>(
  draft: object,
  schema: Schema,
): { submission: z.output<Schema> } | { refusal: Refusal } {
  try {
    return { submission: parseParameters(draft, schema) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const wrong = error.errors.map(({ field, zh, en }) => bad(PARAMETERS[field] ?? field, zh, en));
    return isSome(wrong) ? refuse(...wrong) : refuse(bad('request', '内容有误', 'The request has mistakes'));
  }
}
