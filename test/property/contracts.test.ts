import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deskListQuery, deskRequests, historyQuery, identityQuery } from '../../events/desk-requests.ts';
import * as work from '../../events/desk-work.ts';
import { statisticsQuery } from '../../events/statistics-query.ts';
import { submission } from '../../events/submission.ts';
import {
  hashTrackingSecret,
  isTrackingSecret,
  makeTrackingSecret,
} from '../../shared/case/tracking-secret.ts';
import { isLocalDate } from '../../shared/dates.ts';
import { parseBody, parseParameters } from '../../shared/http/parse.ts';
import { Problem } from '../../shared/http/problem.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import { LARGEST_FEN } from '../../shared/money.ts';
import { registry } from '../unit/support.ts';

const TODAY = '2026-11-21';
const schema = submission(() => TODAY);
const request = (body: string) => ({ body, headers: {} }) as unknown as APIGatewayProxyEventV2;

// UTF-16 units one by one: lone surrogates and NUL among them.
const wild = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('\ud800', '\0', '<b>', '<!--', '', ' ', '某店', '13800000000', '2026-11-21', '330203105'),
);
const likely = fc.record(
  {
    kind: fc.constantFrom('complaint', 'report', 'inquiry', 'other', '投诉'),
    report: fc.record({ text: wild, anonymous: fc.boolean() }, { requiredKeys: ['text'] }),
    text: wild,
    request: wild,
    complainant: fc.record({ name: wild, phone: wild, address: wild }, { requiredKeys: ['name', 'phone'] }),
    business: fc.record({ name: wild, address: wild, divisionCode: wild }, { requiredKeys: [] }),
    paidFen: fc.oneof(fc.integer(), fc.double()),
    claimedFen: fc.oneof(fc.integer(), fc.double()),
    occurredOn: wild,
  },
  { requiredKeys: ['text'] },
);

/** Either what was accepted, or the problem; anything else that is thrown fails the test. */
function attempt<T>(take: () => T): T | undefined {
  try {
    return take();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.errors.length).toBeGreaterThan(0);
    for (const { field, zh, en } of error.errors)
      expect([field, zh, en].every((text) => text !== '')).toBe(true);
    return undefined;
  }
}

function holds(accepted: ReturnType<typeof schema.parse>): void {
  const texts = [
    accepted.text,
    accepted.request,
    ...Object.values(accepted.complainant ?? {}).map(String),
    accepted.report?.text,
    accepted.business.name,
    accepted.business.address,
  ].filter((text) => text !== undefined);
  for (const text of texts) {
    expect(text.isWellFormed()).toBe(true);
    expect(text).toBe(text.trim());
    expect(text).not.toMatch(/[^\P{Cc}\t\n\r]|<script|<!--/iu);
  }
  expect(accepted.text).not.toBe('');
  for (const person of [accepted.complainant, ...(accepted.joint ?? [])]) {
    if (person === undefined) expect(accepted.kind).toBe('report');
    expect(person?.name).not.toBe('');
    expect((person?.phone ?? '000000').normalize('NFKC').replace(/\D/g, '').length).toBeGreaterThanOrEqual(6);
  }
  if (accepted.kind !== 'complaint')
    expect([accepted.report, accepted.joint]).toEqual([undefined, undefined]);
  expect(accepted.business.divisionCode ?? '330203').toMatch(/^\d{6}(\d{3}){0,2}$/);
  for (const fen of [accepted.paidFen ?? 0, accepted.claimedFen ?? 0]) {
    expect(Number.isSafeInteger(fen) && fen >= 0 && fen <= LARGEST_FEN).toBe(true);
  }
  expect(isLocalDate(accepted.occurredOn ?? TODAY) && (accepted.occurredOn ?? TODAY) <= TODAY).toBe(true);
  // It survives the way to a table and back, and a second reading changes nothing.
  expect(JSON.parse(JSON.stringify(accepted))).toEqual(accepted);
  expect(schema.parse(accepted)).toEqual(accepted);
}

describe('a submission', () => {
  test('of any shape is accepted whole or refused with reasons', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything({ withNullPrototype: true }), fc.jsonValue()), (value) => {
        const accepted = attempt(() => parseParameters(value, schema));
        if (accepted !== undefined) holds(accepted);
      }),
      { numRuns: 300 },
    );
  });

  test('of the right shape with any words: what is accepted keeps the contract', () => {
    fc.assert(
      fc.property(likely, (value) => {
        const accepted = attempt(() => parseBody(request(JSON.stringify(value)), schema));
        if (accepted !== undefined) holds(accepted);
      }),
      { numRuns: 500 },
    );
  });

  test('with one wild text and all else in order: refused exactly for that text', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const value = { text, complainant: { name: '某甲', phone: '13800000000' } };
        try {
          holds(parseParameters(value, schema));
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          expect(new Set(error.errors.map(({ field }) => field))).toEqual(new Set(['text']));
        }
      }),
    );
  });

  test('any bytes as a body make a problem or a complaint, never a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const body = Buffer.from(bytes).toString('base64');
        attempt(() => parseBody({ ...request(body), isBase64Encoded: true }, schema));
      }),
    );
  });
});

test('any value is a desk request or a query, or is refused with reasons', () => {
  const contracts = [
    ...Object.values(deskRequests),
    deskListQuery,
    historyQuery,
    identityQuery,
    statisticsQuery,
    work.searchRequest,
    work.bulkRequest,
    work.leaseRequest,
    work.filterRequest,
    work.absenceRequest,
    work.loadQuery,
  ];
  const value = fc.oneof(
    fc.anything(),
    fc.dictionary(
      fc.constantFrom(
        'version',
        'note',
        'reason',
        'ground',
        'until',
        'mode',
        'lead',
        'satisfaction',
        'agreedFen',
        'provenFen',
        'unit',
        'limit',
        'from',
        'to',
        'month',
      ),
      fc.oneof(fc.anything(), wild),
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...contracts), value, (contract, sent) => {
      attempt(() => parseParameters(sent, contract));
    }),
    { numRuns: 500 },
  );
});

test('any business is sent to a station of the register, or to the dispatcher with stations of the register', () => {
  const units = registry.units.map(({ code }) => code);
  const piece = fc.constantFrom(
    ...registry.divisions.flatMap(({ name, county }) => [
      name,
      name.slice(0, 2),
      county.name,
      county.name.slice(0, 2),
    ]),
    '宁波市',
    '杭州市',
    '浙江省',
    '路',
    '1号',
    '甲面馆',
    '连锁便利',
    ' ',
  );
  const text = fc.oneof(
    wild,
    fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')),
  );
  const business = fc.record(
    {
      name: text,
      address: text,
      divisionCode: fc.constantFrom('330203', '330203105', '330203105001', '110101'),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(business, (given) => {
      const finding = findStation({ business: given }, registry, '2026-11-16');
      if (finding.found) {
        expect(units).toContain(finding.unit);
      } else {
        for (const candidate of finding.candidates) expect(units).toContain(candidate);
        expect(new Set(finding.candidates).size).toBe(finding.candidates.length);
        if (finding.reason !== 'address-ambiguous') expect(finding.candidates).toEqual([]);
      }
      // The order of the register does not decide.
      const backwards = { ...registry, divisions: registry.divisions.toReversed() };
      const reversed = findStation({ business: given }, backwards, '2026-11-16');
      expect(reversed.found).toBe(finding.found);
      if (finding.found && reversed.found) expect(reversed.unit).toBe(finding.unit);
    }),
    { numRuns: 500 },
  );
});

test('a tracking secret opens its own hash in any spelling, and no other secret does', () => {
  const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      const [secret, stranger] = [makeTrackingSecret(one), makeTrackingSecret(other)];
      const hash = hashTrackingSecret(secret);
      expect(isTrackingSecret(` ${secret.toLowerCase().replace('-', ' ')}\n`, hash)).toBe(true);
      expect(isTrackingSecret(stranger, hash)).toBe(stranger === secret);
    }),
  );
});

test('any text is a wrong secret and not a fault', () => {
  const hash = hashTrackingSecret('K7QM4-X2D9P');
  fc.assert(
    fc.property(wild, (text) => {
      expect(isTrackingSecret(text, hash)).toBe(false);
    }),
  );
});
