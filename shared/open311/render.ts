import type { CaseNumber } from '../case/case-number.ts';
import { STATES } from '../case/life-cycle.ts';
import { type Instant, shanghaiDate, shanghaiTime } from '../dates.ts';
import type { Pair } from '../understanding/understanding.ts';
import type { PublicCase } from './public-case.ts';
import type { Refusal } from './refusal.ts';
import { ATTRIBUTES, type Attribute, SERVICE_CODES, SERVICES, type ServiceCode } from './services.ts';
import { PUBLIC_STEPS } from './status.ts';
import { type Format, type Written, write } from './write.ts';

/*
 * The answers of GeoReport v2. Names and order are the specification's (http://wiki.open311.org/GeoReport_v2/);
 * what is not known is null, in XML an empty element. Texts are Chinese and English in one.
 */

const both = ({ zh, en }: Pair) => `${zh} / ${en}`;

/** W3C date and time with the zone of China. */
function w3(at: Instant): string {
  const seconds = new Date(at).toISOString().slice(16, 19);
  return `${shanghaiDate(at)}T${shanghaiTime(at)}${seconds}+08:00`;
}

/** GET /services: the same list for everybody, in a settled order. */
export function renderServices(format: Format): string {
  const services = SERVICE_CODES.map((code) => {
    const { group, keywords, ...name } = SERVICES[code];
    return {
      service_code: code,
      service_name: both(name),
      description: `${name.zh}的投诉、举报和咨询 / Complaints, reports and inquiries: ${name.en}`,
      metadata: true,
      type: 'realtime',
      keywords,
      group: both(group),
    };
  });
  return write('services', services, format);
}

/** GET /services/{service_code}: what to ask beside the fields of the specification. */
export function renderServiceDefinition(service: ServiceCode, format: Format): string {
  const attributes = ATTRIBUTES.map((attribute: Attribute, index) => ({
    variable: attribute.variable,
    code: attribute.code,
    datatype: attribute.datatype,
    required: false,
    datatype_description: attribute.hint === undefined ? null : both(attribute.hint),
    order: index + 1,
    description: both(attribute.description),
    ...(attribute.values === undefined
      ? {}
      : { values: Object.entries(attribute.values).map(([key, name]) => ({ key, name: both(name) })) }),
  }));
  return write('service_definition', { service_code: service, attributes }, format);
}

/** What POST /requests answers. All services are `realtime`, so a number; a token only while none could be given. */
export type Posted = ({ number: CaseNumber } | { token: string }) & {
  /** What happens next, in words. */
  notice?: string | undefined;
  /** As it was sent. */
  accountId?: string | undefined;
  /** Opens the case together with its number; shown with `extensions=true` only. */
  secret?: string | undefined;
};

/** The answer to POST /requests. It is the sender's own: it may bear the secret, and must not be cached. */
export function renderPosted(posted: Posted, format: Format, { extensions = false } = {}): string {
  const request = {
    ...('number' in posted ? { service_request_id: posted.number } : { token: posted.token }),
    service_notice: posted.notice ?? null,
    account_id: posted.accountId ?? null,
    ...(extensions ? { tracking_secret: posted.secret ?? null } : {}),
  };
  return write('service_requests', [request], format);
}

/** What is owed next and by when: `2026-11-25 前：… / By 2026-11-25: …` */
export const noticeOf = ({ due, zh, en, basis }: NonNullable<PublicCase['next']>): string =>
  `${due} 前：${zh}（${basis}） / By ${due}: ${en}`;

/** The answer to POST /requests/{id}/comments, also to a repeat. */
export function renderCommented(number: CaseNumber, format: Format): string {
  return write('service_requests', [{ service_request_id: number }], format);
}

/** GET /tokens/{token} */
export function renderToken(number: CaseNumber, token: string, format: Format): string {
  return write('service_requests', [{ service_request_id: number, token }], format);
}

/**
 * GET /requests and GET /requests/{service_request_id}: a list in both, of one there. Without `extensions` it holds
 * exactly what the specification names.
 */
export function renderRequests(
  cases: readonly PublicCase[],
  format: Format,
  { extensions = false } = {},
): string {
  return write(
    'service_requests',
    cases.map((one) => ({ ...requestOf(one), ...(extensions ? extensionsOf(one) : {}) })),
    format,
  );
}

function requestOf(one: PublicCase): Readonly<Record<string, Written>> {
  const name = both(SERVICES[one.service]);
  const { next, division } = one;
  return {
    service_request_id: one.number,
    status: one.status,
    status_notes: both(STATES[one.state]),
    service_name: name,
    service_code: one.service,
    description: one.description ?? name,
    agency_responsible: one.agency ?? null,
    service_notice: next === undefined ? null : noticeOf(next),
    requested_datetime: w3(one.requestedAt),
    updated_datetime: w3(one.updatedAt),
    expected_datetime: next === undefined ? null : `${next.due}T23:59:59+08:00`,
    address: division?.name ?? null,
    address_id: division?.code ?? null,
    zipcode: null,
    // Never degrees: they would say which house it was.
    lat: null,
    long: null,
    media_url: null,
  };
}

/** Shapes of http://wiki.open311.org/GeoReport_v2/Extensions/ ("Extended Attributes", "Update History"). */
function extensionsOf(one: PublicCase): Readonly<Record<string, Written>> {
  const { final } = STATES[one.state];
  return {
    extended_attributes: { state: one.state, final },
    notes: one.steps.map(({ type, at }) => ({
      datetime: w3(at),
      description: both(PUBLIC_STEPS[type]),
      type,
    })),
    comments: one.comments.map(({ at, by, text }) => ({ datetime: w3(at), description: text, author: by })),
  };
}

/** What is answered instead of a result; the HTTP status is `refusal.status`. */
export function renderErrors({ status, errors }: Refusal, format: Format): string {
  const described = errors.map((wrong) => ({ code: status, description: `${wrong.field}: ${both(wrong)}` }));
  return write('errors', described, format);
}

/** What the operator tells about the endpoint. */
export interface Discovery {
  /** Address of the endpoint, without a slash at its end. */
  url: string;
  /** When services or this document changed last, sortable. */
  changeset: string;
  contact: string;
  /** How to get an API key. */
  keyService: string;
  type: 'production' | 'test';
}

/** GET /discovery (http://wiki.open311.org/Service_Discovery/). */
export function renderDiscovery(
  { url, changeset, contact, keyService, type }: Discovery,
  format: Format,
): string {
  const endpoint = {
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url,
    changeset,
    type,
    formats: ['text/xml', 'application/json'],
  };
  return write('discovery', { changeset, contact, key_service: keyService, endpoints: [endpoint] }, format);
}
