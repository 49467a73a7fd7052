import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CONDUCT, twimlReply } from '../../shared/sms/conduct.ts';
import { type DeliveryReport, readReports, settled } from '../../shared/sms/delivery-reports.ts';
import { formPairs } from '../../shared/sms/payload.ts';
import { readAliyunSms } from '../../shared/sms/providers/aliyun.ts';
import { readAwsSms } from '../../shared/sms/providers/aws.ts';
import { readHuaweiSms } from '../../shared/sms/providers/huawei.ts';
import { readTwilioSms } from '../../shared/sms/providers/twilio.ts';
import { checkHuawei, checkTime, checkToken, checkTwilio } from '../../shared/sms/signatures.ts';
import { instantOf } from '../../shared/sms/times.ts';

const NOW = '2026-11-22T02:00:00.000Z';
const context = { receivedAt: NOW };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const codes = (read: { refusals: { code: string }[] }) => read.refusals.map(({ code }) => code);

const awsMessage = {
  originationNumber: '+8613800000001',
  destinationNumber: '+8610690000001',
  messageKeyword: 'KEYWORD_1',
  messageBody: '我在某店买的锅坏了',
  inboundMessageId: 'aws-in-1',
  previousPublishedMessageId: 'aws-out-1',
};
const snsEnvelope = {
  Type: 'Notification',
  MessageId: 'sns-1',
  TopicArn: 'arn:aws:sns:us-east-1:111122223333:incoming',
  Message: JSON.stringify(awsMessage),
  Timestamp: '2026-11-22T01:59:58.000Z',
};

describe('a text through AWS', () => {
  const expected = {
    provider: 'aws',
    id: 'aws-in-1',
    from: '13800000001',
    to: '+8610690000001',
    text: '我在某店买的锅坏了',
  };
  const sqsRecord = (body: string) => ({
    messageId: 'sqs-1',
    body,
    attributes: { SentTimestamp: '1795312798000' },
    messageAttributes: {},
  });

  test('is read from its SNS envelope, with the time it was published', () => {
    expect(readAwsSms(JSON.stringify(snsEnvelope), context)).toEqual({
      messages: [{ ...expected, sentAt: '2026-11-22T01:59:58.000Z' }],
      refusals: [],
    });
  });

  test.each([
    ['raw', JSON.stringify(awsMessage)],
    ['as bytes', Buffer.from(JSON.stringify(awsMessage))],
    ['as a JSON string', JSON.stringify(JSON.stringify(awsMessage))],
    ['in base64', Buffer.from(JSON.stringify(awsMessage)).toString('base64')],
    ['with a byte order mark', `\ufeff${JSON.stringify(awsMessage)}`],
  ])('is read %s', (_, body) => {
    expect(readAwsSms(body, context)).toEqual({ messages: [expected], refusals: [] });
  });

  test('is read from a whole SQS event, an SNS event and a message given as an object', () => {
    const events = [
      { Records: [sqsRecord(JSON.stringify(snsEnvelope))] },
      { Records: [{ EventSource: 'aws:sns', Sns: snsEnvelope }] },
      { ...snsEnvelope, Message: awsMessage },
    ];
    for (const event of events) {
      expect(readAwsSms(JSON.stringify(event), context).messages).toMatchObject([expected]);
    }
  });

  test('without an id of its own bears that of the envelope, else of the delivery: the same each time', () => {
    const { inboundMessageId: _, ...nameless } = awsMessage;
    const inEnvelope = JSON.stringify({ ...snsEnvelope, Message: JSON.stringify(nameless) });
    expect(readAwsSms(inEnvelope, context).messages[0]?.id).toBe('sns-1');
    const raw = readAwsSms(JSON.stringify(nameless), { ...context, deliveryId: 'sqs-1' });
    expect(raw.messages[0]?.id).toBe('sqs-1');
  });

  test('that is a confirmation of a subscription is refused, not taken for a text', () => {
    const body = JSON.stringify({
      Type: 'SubscriptionConfirmation',
      MessageId: 'x',
      Message: 'You have chosen',
    });
    expect(codes(readAwsSms(body, context))).toEqual(['nothing-inside']);
  });
});

const smsUp = {
  phone_number: '13800000001',
  content: '要求退款300元',
  send_time: '2026-11-22 09:59:58',
  dest_code: '1234',
  sequence_id: '9007199254740993',
};

describe('texts through Aliyun', () => {
  const expected = {
    provider: 'aliyun',
    id: '9007199254740993',
    from: '13800000001',
    to: '1234',
    text: '要求退款300元',
    sentAt: '2026-11-22T01:59:58.000Z',
  };

  test.each([
    ['today’s shape', smsUp],
    ['the older shape', { ...smsUp, sign_name: '某局', send_time: '20261122095958' }],
    [
      'other names',
      {
        phoneNumber: '13800000001',
        CONTENT: smsUp.content,
        sendTime: smsUp.send_time,
        'dest-code': 1234,
        SequenceId: '9007199254740993',
      },
    ],
    [
      'a number with country code',
      { ...smsUp, phone_number: '86 138-0000-0001', nobody: { knows: ['this'] } },
    ],
  ])('%s', (_, item) => {
    expect(readAliyunSms(JSON.stringify([item]), context)).toEqual({ messages: [expected], refusals: [] });
  });

  test('a sequence beyond 2^53 as a number keeps its last digit', () => {
    const body = JSON.stringify([smsUp]).replace('"9007199254740993"', '9007199254740993');
    expect(readAliyunSms(body, context).messages[0]?.id).toBe('9007199254740993');
  });

  test('a sequence as a double is the same as a whole number', () => {
    for (const written of ['123456', '123456.0', '"123456"', '"123456.0"']) {
      const body = JSON.stringify([smsUp]).replace('"9007199254740993"', written);
      expect(readAliyunSms(body, context).messages[0]?.id).toBe('123456');
    }
  });

  test('one object, a string, or something around the array do no harm', () => {
    for (const value of [smsUp, JSON.stringify([smsUp]), { data: [smsUp] }, { arg: JSON.stringify(smsUp) }]) {
      expect(readAliyunSms(JSON.stringify(value), context).messages).toEqual([expected]);
    }
  });

  test('of several, the good ones are taken and each bad one is refused by its place', () => {
    const { content: _, ...empty } = smsUp;
    const read = readAliyunSms(
      JSON.stringify([empty, smsUp, null, { ...smsUp, phone_number: '某人' }]),
      context,
    );
    expect(read.messages).toEqual([expected]);
    expect(read.refusals.map(({ code, field }) => `${code} ${field}`).sort()).toEqual([
      'bad-sender /3/phone_number',
      'missing-text /0/content',
      'not-a-message /2',
    ]);
  });

  test.each([
    ['[]', 'nothing-inside'],
    ['', 'not-readable'],
    ['接收', 'not-readable'],
    [JSON.stringify([smsUp]).slice(0, 40), 'not-readable'],
    [JSON.stringify([{ ...smsUp, content: '  ' }]), 'empty-text'],
    [JSON.stringify([{ ...smsUp, content: '' }]), 'empty-text'],
    [JSON.stringify([{ ...smsUp, content: { zh: '字' } }]), 'missing-text'],
    [JSON.stringify([{ ...smsUp, phone_number: null }]), 'missing-sender'],
    [JSON.stringify([{ ...smsUp, content: '\ufffd\ufffd\ufffd锟' }]), 'garbled-text'],
    [JSON.stringify([{ ...smsUp, content: '长'.repeat(20_000) }]), 'text-too-long'],
  ])('%#: what cannot be a text is refused', (body, code) => {
    const read = readAliyunSms(body, context);
    expect(read.messages).toEqual([]);
    expect(codes(read)).toEqual([code]);
  });

  test('without id the same text at the same time is the same message, at another time another', () => {
    const { sequence_id: _, ...nameless } = smsUp;
    const idOf = (item: object) => readAliyunSms(JSON.stringify([item]), context).messages[0]?.id;
    expect(idOf(nameless)).toBe(idOf({ ...nameless, send_time: '20261122095958' }));
    expect(idOf(nameless)).not.toBe(idOf({ ...nameless, send_time: '2026-11-22 10:00:00' }));
    expect(idOf(nameless)).not.toBe(idOf({ ...nameless, content: '要求退款301元' }));
    expect(idOf(nameless)).not.toBe(idOf({ ...nameless, phone_number: '13800000002' }));
  });

  test('two without ids under one delivery do not become one', () => {
    const { sequence_id: _, send_time: __, ...bare } = smsUp;
    const read = readAliyunSms(JSON.stringify([bare, { ...bare, content: '另一件事' }]), {
      ...context,
      deliveryId: 'request-1',
    });
    expect(new Set(read.messages.map(({ id }) => id)).size).toBe(2);
  });

  test('a masked number and a short number are kept as written', () => {
    for (const number of ['1380000****', '10086', '95588']) {
      const body = JSON.stringify([{ ...smsUp, phone_number: number }]);
      expect(readAliyunSms(body, context).messages[0]?.from).toBe(number);
    }
  });

  test('a line break that was not escaped does no harm', () => {
    const body = JSON.stringify([{ ...smsUp, content: '第一行\n第二行' }]).replaceAll('\\n', '\n');
    expect(readAliyunSms(body, context).messages[0]?.text).toBe('第一行\n第二行');
  });

  test('refusals quote nothing', () => {
    const named = JSON.stringify({ 13800000009: [{ content: 'x' }], 张三丰: [{ content: 'x' }] });
    expect(JSON.stringify(readAliyunSms(named, context).refusals)).not.toMatch(/张三丰|13800000009/);
    const body = JSON.stringify([{ ...smsUp, phone_number: '张三丰13800000009号', content: '秘密' }]);
    expect(JSON.stringify(readAliyunSms(body, context).refusals)).not.toMatch(/张三丰|13800000009|秘密/);
  });
});

describe('a text through Huawei', () => {
  const message = {
    smsMsgId: 'hw-1',
    from: '+8613800000001',
    to: '10690000001',
    body: '【补充】发票已找到 + 100%',
    createTime: '2026-11-22T01:59:58Z',
  };
  const expected = {
    provider: 'huawei',
    id: 'hw-1',
    from: '13800000001',
    to: '10690000001',
    text: '【补充】发票已找到 + 100%',
    sentAt: '2026-11-22T01:59:58.000Z',
  };

  test.each([
    ['a form', form(message)],
    ['a form with a plus that was not encoded', form(message).replace('from=%2B', 'from=+')],
    ['JSON', JSON.stringify(message)],
  ])('is read from %s', (_, body) => {
    expect(readHuaweiSms(body, context)).toEqual({ messages: [expected], refusals: [] });
  });

  test('of the IoT platform is read with its Chinese time, from JSON and from a form', () => {
    const older = { mobile: '8613800000001', content: 'TD', sendTime: '2026-11-22 09:59:58', extCode: '01' };
    for (const body of [JSON.stringify(older), form(older)]) {
      expect(readHuaweiSms(body, context).messages).toMatchObject([
        { from: '13800000001', to: '01', text: 'TD', sentAt: '2026-11-22T01:59:58.000Z' },
      ]);
    }
  });

  // 投诉 in GB18030.
  const gbk = [0xcd, 0xb6, 0xcb, 0xdf];

  test('in GBK is read, percent-encoded or not', () => {
    const escaped = gbk.map((byte) => `%${byte.toString(16).toUpperCase()}`).join('');
    const body = `smsMsgId=hw-1&from=%2B8613800000001&body=${escaped}`;
    expect(readHuaweiSms(body, context).messages[0]?.text).toBe('投诉');
    const json = Buffer.concat([
      Buffer.from('{"smsMsgId":"hw-1","from":"13800000001","body":"'),
      Buffer.from(gbk),
      Buffer.from('"}'),
    ]);
    expect(readHuaweiSms(json, context).messages[0]?.text).toBe('投诉');
  });

  test('that somebody read as Latin-1 is put right; words with accents stay', () => {
    const scrambled = Buffer.from('投诉', 'utf8').toString('latin1');
    expect(readHuaweiSms(form({ ...message, body: scrambled }), context).messages[0]?.text).toBe('投诉');
    expect(readHuaweiSms(form({ ...message, body: 'café' }), context).messages[0]?.text).toBe('café');
  });

  test('cut within a character keeps what came before it', () => {
    const body = `from=%2B8613800000001&smsMsgId=hw-1&body=${encodeURIComponent('退款')}`.slice(0, -3);
    expect(readHuaweiSms(body, context).messages[0]?.text).toBe('退');
  });

  test('in parts says which part it is', () => {
    const body = form({ ...message, sequence: '2', total: '3', reference: '77' });
    expect(readHuaweiSms(body, context).messages[0]?.part).toEqual({ reference: '77', number: 2, of: 3 });
    expect(readHuaweiSms(form({ ...message, body: '(1/2)我买的' }), context).messages[0]).toMatchObject({
      text: '我买的',
      part: { reference: '', number: 1, of: 2 },
    });
    // Parts that share the id of their text are still two messages.
    const idOf = (sequence: string) =>
      readHuaweiSms(form({ ...message, sequence, total: '3' }), context).messages[0]?.id;
    expect(idOf('1')).not.toBe(idOf('2'));
    expect(idOf('2')).toBe(idOf('2'));
    const nonsense = form({ ...message, sequence: '4', total: '3' });
    expect(readHuaweiSms(nonsense, context).messages[0]).not.toHaveProperty('part');
  });
});

const twilioMessage = {
  ToCountry: 'US',
  MessageSid: 'SM00000000000000000000000000000001',
  NumMedia: '0',
  Body: 'Refund & reply, 100% 😀',
  From: '+12025550101',
  To: '+12025550102',
  AccountSid: 'AC0000',
};

describe('a text through Twilio', () => {
  test('is read from its form', () => {
    expect(readTwilioSms(form(twilioMessage), context)).toEqual({
      messages: [
        {
          provider: 'twilio',
          id: 'SM00000000000000000000000000000001',
          from: '+12025550101',
          to: '+12025550102',
          text: 'Refund & reply, 100% 😀',
        },
      ],
      refusals: [],
    });
  });

  test('from a mobile of the mainland, by RCS, without plus: eleven digits; from elsewhere: E.164', () => {
    const from = (number: string) =>
      readTwilioSms(form({ ...twilioMessage, From: number }), context).messages[0]?.from;
    expect(['+8613800000001', 'rcs:+8613800000001', '008613800000001'].map(from)).toEqual(
      Array.from({ length: 3 }, () => '13800000001'),
    );
    expect(['12025550101', ' 12025550101', '0012025550101'].map(from)).toEqual(
      Array.from({ length: 3 }, () => '+12025550101'),
    );
  });

  test('of pictures only is refused as such', () => {
    expect(codes(readTwilioSms(form({ ...twilioMessage, Body: '', NumMedia: '1' }), context))).toEqual([
      'only-media',
    ]);
  });
});

// Examples that Twilio publishes with its libraries.
describe('the signature of Twilio', () => {
  const params = formPairs(
    'CallSid=CA1234567890ABCDE&From=%2B14158675309&Digits=1234&To=%2B18005551212&Caller=%2B14158675309',
  );
  const request = {
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    params,
  };

  test('fits its documented example, with the port in the address or not, and with a new token set beside the old', () => {
    expect(checkTwilio(request, ['12345'])).toEqual({ ok: true });
    expect(
      checkTwilio({ ...request, url: 'https://mycompany.com:443/myapp.php?foo=1&bar=2#rc=2' }, ['12345']),
    ).toEqual({ ok: true });
    expect(checkTwilio(request, ['next', '12345'])).toEqual({ ok: true });
  });

  test('fits a field that comes several times, and a body in JSON', () => {
    const repeated = formPairs('Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234');
    expect(
      checkTwilio({ ...request, params: repeated, signature: 'IK+Dwps556ElfBT0I3Rgjkr1wJU=' }, ['12345']),
    ).toEqual({ ok: true });
    const json = {
      url: `${request.url}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`,
      signature: 'a9nBmqA0ju/hNViExpshrM61xv4=',
      params: [],
      body: '{"property": "value", "boolean": true}',
    };
    expect(checkTwilio(json, ['12345'])).toEqual({ ok: true });
    expect(checkTwilio({ ...json, body: '{"property": "other"}' }, ['12345'])).toMatchObject({ ok: false });
  });

  test.each([
    ['another token', request, ['54321']],
    ['no token set', request, ['']],
    [
      'a changed field',
      { ...request, params: [...params.slice(1), ['CallSid', 'CA2'] as [string, string]] },
      ['12345'],
    ],
    ['a field more', { ...request, params: [...params, ['x', '1'] as [string, string]] }, ['12345']],
    ['another address', { ...request, url: 'https://mycompany.com/other?foo=1&bar=2' }, ['12345']],
    [
      'another port',
      { ...request, url: 'https://mycompany.com:8443/myapp.php?foo=1&bar=2', signature: 'x' },
      ['12345'],
    ],
    ['a JSON body the signature does not cover', { ...request, body: '{}' }, ['12345']],
  ])('does not fit %s', (_, changed, tokens) => {
    expect(checkTwilio(changed, tokens)).toMatchObject({ ok: false, refusal: { code: 'wrong-signature' } });
  });

  test('made with an empty token fits nothing, also when no token is set', () => {
    const signature = createHmac('sha1', '').update('https://a.example/sms').digest('base64');
    expect(checkTwilio({ url: 'https://a.example/sms', signature, params: [] }, [''])).toMatchObject({
      ok: false,
    });
  });

  test('that is missing is said to be missing', () => {
    expect(checkTwilio({ ...request, signature: undefined }, ['12345'])).toMatchObject({
      refusal: { code: 'no-signature', field: 'x-twilio-signature' },
    });
  });
});

describe('the signature of Huawei', () => {
  // The example of Huawei's guide to API signatures.
  const documented: Parameters<typeof checkHuawei>[0] = {
    method: 'GET',
    path: '/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs',
    query: 'limit=2&marker=13551d6b-755d-4757-b956-536f674975c0',
    headers: {
      'Content-Type': 'application/json',
      Host: 'service.region.example.com',
      'X-Sdk-Date': '20191115T033655Z',
      Authorization:
        'SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe',
    },
    body: '',
  };
  const secrets = { QTWAOYTTINDUT2QVKYUC: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc' };
  const window = CONDUCT.huawei.freshForMs ?? 0;
  const check = (
    request = documented,
    at = '2019-11-15T03:40:00.000Z',
    keys: Record<string, string> = secrets,
  ) => checkHuawei(request, keys, at, window);
  const without = (name: string) => ({
    ...documented,
    headers: { ...documented.headers, [name]: undefined },
  });

  test('fits its documented example', () => {
    expect(check()).toEqual({ ok: true });
  });

  test.each([
    ['wrong-signature', check({ ...documented, body: 'from=1' })],
    ['wrong-signature', check({ ...documented, path: '/other' })],
    ['wrong-signature', check(documented, undefined, { QTWAOYTTINDUT2QVKYUC: 'another' })],
    ['no-signature', check(without('Authorization'))],
    ['signed-header-lost', check(without('Host'))],
    ['too-old', check(documented, '2019-11-15T03:51:56.000Z')],
    ['from-the-future', check(documented, '2019-11-15T03:30:00.000Z')],
  ])('%#: %s', (code, result) => {
    expect(result).toMatchObject({ ok: false, refusal: { code } });
  });

  /** A push as Huawei signs it, covering these headers. */
  const pushed = (secret: string, access: string, names: readonly string[]) => {
    const headers: Record<string, string> = { host: 'a.example', 'x-sdk-date': '20261122T015900Z' };
    const lines = names.map((name) => `${name}:${headers[name]}`);
    const canonical = ['POST', '/sms/', '', ...lines, '', names.join(';'), sha256('from=1')].join('\n');
    const toSign = `SDK-HMAC-SHA256\n20261122T015900Z\n${sha256(canonical)}`;
    const signature = createHmac('sha256', secret).update(toSign).digest('hex');
    const authorization = `SDK-HMAC-SHA256 Access=${access},SignedHeaders=${names.join(';')},Signature=${signature}`;
    return { method: 'POST', path: '/sms', headers: { ...headers, authorization }, body: 'from=1' };
  };

  test('fits a push, and nobody else’s: without date, with an empty secret, with a name every object has', () => {
    const covered = ['host', 'x-sdk-date'];
    const keys = { key: 'secret-1', unset: '' };
    expect(checkHuawei(pushed('secret-1', 'key', covered), keys, NOW, window)).toEqual({ ok: true });
    for (const request of [
      pushed('secret-1', 'key', ['host']),
      pushed('', 'unset', covered),
      pushed('', 'unknown', covered),
      pushed('', 'constructor', covered),
    ]) {
      expect(checkHuawei(request, keys, NOW, window)).toMatchObject({
        refusal: { code: 'wrong-signature', field: 'authorization' },
      });
    }
  });
});

describe('a token', () => {
  test.each([
    ['right-token', ['right-token'], undefined],
    ['right-token', ['next-token', 'right-token'], undefined],
    ['right-toke', ['right-token'], 'wrong-token'],
    ['right-tokem', ['right-token'], 'wrong-token'],
    ['anything', [], 'wrong-token'],
    ['', [''], 'no-token'],
    [undefined, ['right-token'], 'no-token'],
  ])('%s of %j: %s', (token, tokens, code) => {
    const check = checkToken(token, tokens, 'path');
    expect(check.ok ? undefined : check.refusal.code).toBe(code);
  });
});

describe('times', () => {
  test.each([
    ['2026-11-22 09:59:58', '2026-11-22T01:59:58.000Z'],
    ['2026/11/22 9:59', '2026-11-22T01:59:00.000Z'],
    ['20261122095958', '2026-11-22T01:59:58.000Z'],
    ['2026-11-22T01:59:58Z', '2026-11-22T01:59:58.000Z'],
    ['2026-11-22T09:59:58.5+0800', '2026-11-22T01:59:58.500Z'],
    ['20261122T015958Z', '2026-11-22T01:59:58.000Z'],
    ['Sun, 22 Nov 2026 09:59:58 +0800', '2026-11-22T01:59:58.000Z'],
    [1_795_312_798_000, '2026-11-22T01:59:58.000Z'],
    ['1795312798', '2026-11-22T01:59:58.000Z'],
    ['2026-02-30 10:00:00', undefined],
    ['2026-11-22 25:00:00', undefined],
    ['gestern', undefined],
    ['9999-01-01 00:00:00', undefined],
    [{}, undefined],
  ])('%j is %s', (written, instant) => {
    expect(instantOf(written)).toBe(instant);
  });

  test('outside the window are refused', () => {
    const code = (at: unknown) => {
      const check = checkTime(at, NOW, 60_000, 'x-time');
      return check.ok ? 'fresh' : check.refusal.code;
    };
    expect(code('2026-11-22T01:59:00Z')).toBe('fresh');
    expect(code('2026-11-22T01:58:59Z')).toBe('too-old');
    expect(code('2026-11-22T02:04:00Z')).toBe('fresh');
    expect(code('2026-11-22T02:06:00Z')).toBe('from-the-future');
    expect(code(undefined)).toBe('no-time');
  });
});

describe('answers', () => {
  test('to Aliyun bear a number as code; to Twilio nothing, or a text that cannot break out', () => {
    expect(JSON.parse(CONDUCT.aliyun.accepted.body)).toEqual({ code: 0, msg: '接收成功' });
    expect(CONDUCT.aliyun.again.status).toBeGreaterThanOrEqual(500);
    expect(CONDUCT.twilio.accepted).toEqual({ status: 204, body: '' });
    expect(twimlReply('编号 <1> & "2"\u0001').body).toContain(
      '<Message>编号 &#60;1&#62; &#38; "2"</Message>',
    );
  });
});

describe('delivery reports', () => {
  const read = (provider: Parameters<typeof readReports>[0], body: unknown) =>
    readReports(provider, typeof body === 'string' ? body : JSON.stringify(body), NOW);
  const aliyun = {
    phone_number: '13800000001',
    send_time: '2026-11-22 09:00:00',
    report_time: '2026-11-22 09:00:05',
    success: true,
    err_code: 'DELIVERED',
    err_msg: '用户接收成功',
    sms_size: '2',
    biz_id: '900619746936498440^0',
    out_id: 'r-1',
  };

  test('of Aliyun: delivered and failed, with Chinese time and segments', () => {
    const failed = { ...aliyun, success: 'false', err_code: 'MOBILE_TERM_STATUS', biz_id: 12345 };
    expect(read('aliyun', [aliyun, failed])).toEqual({
      reports: [
        {
          provider: 'aliyun',
          providerId: '900619746936498440^0',
          status: 'delivered',
          code: 'DELIVERED',
          at: '2026-11-22T01:00:05.000Z',
          segments: 2,
        },
        {
          provider: 'aliyun',
          providerId: '12345',
          status: 'failed',
          code: 'MOBILE_TERM_STATUS',
          at: '2026-11-22T01:00:05.000Z',
          segments: 2,
        },
      ],
      refusals: [],
    });
  });

  test('of Aliyun, international: by its own names', () => {
    const abroad = {
      To: '8521234',
      Status: '2',
      MessageId: '77',
      ErrorCode: 'UNDELIV',
      ReceiveDate: 'Sun, 22 Nov 2026 09:00:05 +0800',
    };
    expect(read('aliyun', [abroad]).reports).toMatchObject([
      { providerId: '77', status: 'failed', code: 'UNDELIV', at: '2026-11-22T01:00:05.000Z' },
    ]);
  });

  test('without success the code tells; without both it is refused', () => {
    const { success: _, ...coded } = aliyun;
    const { err_code: __, ...bare } = coded;
    expect(read('aliyun', [coded]).reports[0]?.status).toBe('delivered');
    expect(codes(read('aliyun', [bare]))).toEqual(['missing-status']);
    const { biz_id: ___, ...nameless } = aliyun;
    expect(codes(read('aliyun', [nameless]))).toEqual(['missing-id']);
  });

  const event = {
    eventType: 'TEXT_DELIVERED',
    eventTimestamp: 1_795_312_798_000,
    isFinal: true,
    messageId: 'aws-out-1',
    messageStatus: 'DELIVERED',
    destinationPhoneNumber: '+8613800000001',
    totalMessageParts: 2,
  };

  test.each([
    ['TEXT_DELIVERED', true, 'delivered'],
    ['TEXT_SUCCESSFUL', true, 'delivered'],
    // Accepted by the carrier, and more to come.
    ['TEXT_SUCCESSFUL', false, 'pending'],
    ['TEXT_QUEUED', false, 'pending'],
    ['TEXT_PENDING', false, 'pending'],
    ['TEXT_CARRIER_UNREACHABLE', false, 'pending'],
    ['TEXT_CARRIER_UNREACHABLE', true, 'failed'],
    ['TEXT_BLOCKED', true, 'failed'],
    ['TEXT_UNKNOWN', true, 'failed'],
    ['TEXT_NOT_YET_INVENTED', true, 'failed'],
  ])('of AWS: %s, final %s: %s', (eventType, isFinal, status) => {
    const one = { ...event, eventType, isFinal, messageStatus: eventType.slice('TEXT_'.length) };
    expect(read('aws', one).reports).toMatchObject([{ providerId: 'aws-out-1', status, segments: 2 }]);
  });

  test('of AWS in envelopes: SNS in SQS, EventBridge', () => {
    for (const body of [
      { Type: 'Notification', MessageId: 'sns-9', Message: JSON.stringify(event) },
      { id: 'e', 'detail-type': 'Text Message Delivery Status Updated', resources: [], detail: event },
    ]) {
      expect(read('aws', body)).toMatchObject({
        reports: [{ providerId: 'aws-out-1', status: 'delivered', at: '2026-11-22T01:59:58.000Z' }],
        refusals: [],
      });
    }
  });

  test('of Huawei: a form for one segment, JSON for many messages', () => {
    const one = form({
      sequence: '1',
      total: '2',
      updateTime: '2026-11-22T01:00:00Z',
      source: '2',
      smsMsgId: 'hw-9',
      status: 'DELIVRD',
    });
    expect(read('huawei', one).reports).toEqual([
      {
        provider: 'huawei',
        providerId: 'hw-9',
        status: 'delivered',
        code: 'DELIVRD',
        at: '2026-11-22T01:00:00.000Z',
        part: { number: 1, of: 2 },
        segments: 2,
      },
    ]);
    const many = {
      statusReportList: [
        { smsMsgId: 'a', status: 'MBBLACK' },
        { smsMsgId: 'b', status: 'DELIVRD' },
      ],
    };
    expect(read('huawei', many).reports.map((report) => report.status)).toEqual(['failed', 'delivered']);
  });

  test.each([
    ['queued', 'pending'],
    ['sent', 'pending'],
    ['delivered', 'delivered'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['not_yet_invented', 'pending'],
  ])('of Twilio: %s is %s', (MessageStatus, status) => {
    const body = form({
      MessageSid: 'SM1',
      MessageStatus,
      To: '+12025550101',
      ErrorCode: status === 'failed' ? '30003' : '',
    });
    expect(read('twilio', body).reports).toEqual([
      {
        provider: 'twilio',
        providerId: 'SM1',
        status,
        code: status === 'failed' ? '30003' : MessageStatus,
        at: NOW,
      },
    ]);
  });

  test('a text sent to us is no report, a code with a number in words is not kept', () => {
    expect(codes(read('twilio', form({ ...twilioMessage, SmsStatus: 'received' })))).toEqual([
      'missing-status',
    ]);
    const chatty = { ...aliyun, err_code: '用户13800000001已停机', success: false };
    expect(read('aliyun', [chatty]).reports[0]?.code).toBe('false');
  });

  const reported = (
    status: DeliveryReport['status'],
    minute: number,
    part?: { number: number; of: number },
  ) =>
    ({
      provider: 'huawei',
      providerId: 'x',
      status,
      code: status,
      at: `2026-11-22T01:0${minute}:00.000Z`,
      ...(part === undefined ? {} : { part }),
    }) satisfies DeliveryReport;

  test('what is final stays, whatever comes late', () => {
    expect(settled([reported('delivered', 1), reported('pending', 2)])?.status).toBe('delivered');
    expect(settled([reported('failed', 1), reported('delivered', 2)])?.status).toBe('delivered');
    expect(settled([])).toBeUndefined();
  });

  test('of several segments all must be delivered, and one that failed is a failure', () => {
    const [one, two] = [
      { number: 1, of: 2 },
      { number: 2, of: 2 },
    ];
    expect(settled([reported('delivered', 1, one)])?.status).toBe('pending');
    expect(settled([reported('delivered', 1, one), reported('delivered', 2, two)])?.status).toBe('delivered');
    expect(settled([reported('failed', 1, one), reported('delivered', 2, two)])?.status).toBe('failed');
  });
});
