import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DeliveryReport, readReports, settled } from '../../shared/sms/delivery-reports.ts';
import { addPart, closeGathering, type Gathering } from '../../shared/sms/parts.ts';
import type { Body } from '../../shared/sms/payload.ts';
import { readAliyunSms } from '../../shared/sms/providers/aliyun.ts';
import { readAwsSms } from '../../shared/sms/providers/aws.ts';
import { readHuaweiSms } from '../../shared/sms/providers/huawei.ts';
import { readTwilioSms } from '../../shared/sms/providers/twilio.ts';
import { segments } from '../../shared/sms/segments.ts';
import type { Provider } from '../../shared/sms/sms.ts';

const NOW = '2026-11-22T02:00:00.000Z';
const context = { receivedAt: NOW };
const READERS = { aws: readAwsSms, aliyun: readAliyunSms, huawei: readHuaweiSms, twilio: readTwilioSms };

type Item = Record<string, unknown>;
interface Kind {
  provider: Provider;
  item: Item;
  /** Without these there is no message. */
  needed: readonly string[];
  wrap: (item: Item) => string;
}

const form = (item: Item) =>
  Object.entries(item)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
    .map((pair) => pair.map((part) => encodeURIComponent(part ?? '')).join('='))
    .join('&');

const KINDS: readonly Kind[] = [
  {
    provider: 'aws',
    item: {
      originationNumber: '+8613800000001',
      destinationNumber: '+8610690000001',
      messageKeyword: 'K',
      messageBody: '锅坏了，退300元',
      inboundMessageId: 'aws-in-1',
    },
    needed: ['originationNumber', 'messageBody'],
    wrap: (item) =>
      JSON.stringify({ Type: 'Notification', MessageId: 'sns-1', Message: JSON.stringify(item) }),
  },
  {
    provider: 'aliyun',
    item: {
      phone_number: '13800000001',
      content: '12315',
      send_time: '2026-11-22 09:59:58',
      dest_code: '1234',
      sequence_id: '1234567890',
    },
    needed: ['phone_number', 'content'],
    wrap: (item) => JSON.stringify([item]),
  },
  {
    provider: 'huawei',
    item: { smsMsgId: 'hw-1', from: '+8613800000001', to: '10690000001', body: '补充：发票在' },
    needed: ['from', 'body'],
    wrap: form,
  },
  {
    provider: 'twilio',
    item: { MessageSid: 'SM01', NumMedia: '0', Body: '评价 5', From: '+8613800000001', To: '+12025550102' },
    needed: ['From', 'Body'],
    wrap: form,
  },
];

const kind = fc.constantFrom(...KINDS);
const numberIfPlain = (value: unknown) => (/^\d{1,15}$/.test(String(value)) ? Number(value) : value);
const recase = (name: string, how: number) =>
  [name.toUpperCase(), name.toLowerCase(), name.replaceAll('_', ''), name[0]?.toUpperCase() + name.slice(1)][
    how
  ] ?? name;

describe('a payload that was changed on its way', () => {
  test('without optional names, in other letter case, with numbers for text and more besides: the same message', () => {
    fc.assert(
      fc.property(
        kind,
        fc.nat({ max: 3 }),
        fc.func(fc.boolean()),
        fc.dictionary(fc.stringMatching(/^zz[a-z]{1,6}$/), fc.jsonValue()),
        ({ provider, item, needed, wrap }, how, drop, extra) => {
          const changed = Object.fromEntries(
            Object.entries(item)
              .filter(([name]) => needed.includes(name) || !drop(name))
              .map(([name, value]) => [recase(name, how), numberIfPlain(value)]),
          );
          const whole = READERS[provider](wrap(item), context).messages[0];
          const { messages, refusals } = READERS[provider](wrap({ ...extra, ...changed }), context);
          expect(refusals).toEqual([]);
          expect(messages).toMatchObject([{ from: whole?.from, text: whole?.text }]);
          // And it is the same one when it comes again.
          expect(READERS[provider](wrap({ ...extra, ...changed }), context).messages).toEqual(messages);
        },
      ),
    );
  });

  test('without what is needed: refused, and said what', () => {
    for (const { provider, item, needed, wrap } of KINDS) {
      for (const name of needed) {
        const { messages, refusals } = READERS[provider](
          wrap(Object.fromEntries(Object.entries(item).filter(([other]) => other !== name))),
          context,
        );
        expect(messages).toEqual([]);
        expect(refusals).toMatchObject([{ code: expect.stringMatching(/^missing-/) }]);
        expect(refusals[0]?.field.toLowerCase()).toContain(name.toLowerCase().replaceAll('_', '').slice(-4));
      }
    }
  });

  const settles = (provider: Provider, body: Body) => {
    const texts = READERS[provider](body, context);
    expect(texts.messages.length + texts.refusals.length).toBeGreaterThan(0);
    const reports = readReports(provider, body, NOW);
    expect(reports.reports.length + reports.refusals.length).toBeGreaterThan(0);
    for (const { code, zh, en, field } of [...texts.refusals, ...reports.refusals]) {
      expect([code, zh, en, field].every((word) => word !== '' || word === field)).toBe(true);
    }
    return texts;
  };

  test('cut short anywhere, as text or as bytes: a message or a reason', () => {
    fc.assert(
      fc.property(kind, fc.double({ min: 0, max: 1, noNaN: true }), ({ provider, item, wrap }, share) => {
        const body = wrap(item);
        settles(provider, body.slice(0, Math.floor(body.length * share)));
        const bytes = Buffer.from(body);
        settles(provider, bytes.subarray(0, Math.floor(bytes.length * share)));
      }),
    );
  });

  test('with any byte wrong, in UTF-16, or anything at all: a message or a reason', () => {
    fc.assert(
      fc.property(
        kind,
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
        fc.uint8Array(),
        ({ provider, item, wrap }, place, byte, text, noise) => {
          const bytes = Buffer.from(wrap(item));
          bytes[place % bytes.length] = byte;
          for (const body of [bytes, Buffer.from(wrap(item), 'utf16le'), text, noise])
            settles(provider, body);
        },
      ),
    );
  });

  test('of many items: each is a message or a refusal', () => {
    const item = fc.oneof(
      fc.constant(KINDS[1]?.item ?? {}),
      fc.jsonValue().filter((value) => !Array.isArray(value) && typeof value !== 'object'),
    );
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), (items) => {
        const { messages, refusals } = readAliyunSms(JSON.stringify(items), context);
        expect(messages.length + refusals.length).toBe(items.length);
      }),
    );
  });
});

describe('parts', () => {
  const texts = fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 2, maxLength: 8 });

  test('make the whole text once, in any order and however often they come', () => {
    fc.assert(
      fc.property(
        texts.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc
              .array(fc.nat({ max: list.length - 1 }))
              .chain((again) =>
                fc.shuffledSubarray([...list.keys(), ...again], { minLength: list.length + again.length }),
              ),
          ),
        ),
        ([list, order]) => {
          let gathering: Gathering | undefined;
          const whole: string[] = [];
          for (const index of order) {
            const sms = {
              id: `id-${index}`,
              text: list[index] ?? '',
              part: { number: index + 1, of: list.length },
            };
            const added = addPart(gathering, sms, NOW);
            gathering = added.gathering;
            expect(added).not.toHaveProperty('replaced');
            if (added.kind === 'complete') whole.push(added.text);
          }
          expect(whole).toEqual([list.join('').toWellFormed()]);
        },
      ),
    );
  });

  test('that came are all in the text that is closed without the rest', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (list, pick) => {
        const lost = pick % list.length;
        let gathering: Gathering | undefined;
        for (const [index, text] of list.entries()) {
          if (index === lost) continue;
          gathering = addPart(
            gathering,
            { id: `${index}`, text, part: { number: index + 1, of: list.length } },
            NOW,
          ).gathering;
        }
        const closed = gathering && closeGathering(gathering, '2026-11-22T03:00:00.000Z', 60_000);
        expect(closed?.missing).toEqual([lost + 1]);
        expect(closed?.text).toBe(
          list.map((text, index) => (index === lost ? `【缺第${lost + 1}条短信】` : text)).join(''),
        );
      }),
    );
  });
});

test('segments: never fewer than the units need, never torn, and more text is never fewer', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '€', '投', '😀', '{', '\n'), maxLength: 400 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const { encoding, units, segments: count } = segments(a);
      const [alone, joined] = encoding === 'gsm7' ? [160, 153] : [70, 67];
      // A character of two units can leave one unit empty in each but the last.
      const [least, most] =
        units <= alone
          ? [Math.min(units, 1), 1]
          : [Math.ceil(units / joined), Math.ceil(units / (joined - 1))];
      expect(count).toBeGreaterThanOrEqual(least);
      expect(count).toBeLessThanOrEqual(most);
      expect(segments(a + b).segments).toBeGreaterThanOrEqual(count);
    }),
  );
});

test('what has come of a message does not depend on the order of its reports', () => {
  const report: fc.Arbitrary<DeliveryReport> = fc.record(
    {
      provider: fc.constant<Provider>('huawei'),
      providerId: fc.constant('x'),
      status: fc.constantFrom<DeliveryReport['status']>('delivered', 'failed', 'pending'),
      code: fc.constantFrom('A', 'B'),
      at: fc.constantFrom('2026-11-22T01:00:00.000Z', '2026-11-22T01:01:00.000Z'),
      part: fc.constantFrom({ number: 1, of: 2 }, { number: 2, of: 2 }),
    },
    { requiredKeys: ['provider', 'providerId', 'status', 'code', 'at'] },
  );
  fc.assert(
    fc.property(
      fc
        .array(report, { minLength: 1 })
        .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        const { status, at } = settled(list) ?? {};
        expect(settled(shuffled)).toMatchObject({ status, at });
        expect(settled([...list, ...shuffled])).toMatchObject({ status, at });
      },
    ),
  );
});
