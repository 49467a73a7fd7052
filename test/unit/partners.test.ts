import { generateKeyPairSync, sign } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCaseNumber } from '../../shared/case/case-number.ts';
import { makePartnerLink, openPartnerLink, partnerAddress } from '../../shared/partners/link.ts';
import { isActive, type Partner, proposePartners } from '../../shared/partners/partner.ts';
import {
  checkSignature,
  publicKeyOf,
  readSignature,
  signedText,
} from '../../shared/partners/signed-request.ts';
import { withoutContacts } from '../../shared/partners/without-contacts.ts';
import { BUSINESSES, caseIn, PARTNERS, registry } from './support.ts';

const NOW = new Date('2026-11-16T02:00:00Z');
const KEY = 'a-key-of-thirty-two-letters-at-least';
const OTHER_KEY = 'another-key-of-thirty-two-letters-too';
const number = makeCaseNumber('2026-11-16', 483_729);
const LINK = { number, partner: 'S330203001', offer: 3, expires: new Date('2026-12-08T16:00:00Z') };

describe('a link', () => {
  const link = makePartnerLink(LINK, [KEY]);

  test('opens its case, for its partner and its hand-over, until its day', () => {
    expect(openPartnerLink(link, [KEY], NOW)).toEqual(LINK);
    expect(openPartnerLink(link, [KEY], new Date('2026-12-08T15:59:59Z'))).toEqual(LINK);
    expect(openPartnerLink(link, [KEY], LINK.expires)).toBe('expired');
  });

  test('of which a single letter was changed opens nothing', () => {
    fc.assert(
      fc.property(
        fc.nat(link.length - 1),
        fc.constantFrom(...'0 1 9 a c X Z - _ .'.split(' ')),
        (at, letter) => {
          fc.pre(link[at] !== letter);
          const changed = `${link.slice(0, at)}${letter}${link.slice(at + 1)}`;
          expect(openPartnerLink(changed, [KEY], NOW)).toBe('not-ours');
        },
      ),
      { seed: 2026, numRuns: 400 },
    );
    for (const broken of ['', link.slice(0, -1), `${link}A`, link.slice(1)]) {
      expect(openPartnerLink(broken, [KEY], NOW)).toBe('not-ours');
    }
  });

  test('of the old key opens while keys are changed, and not afterwards; without keys none does', () => {
    expect(openPartnerLink(link, [OTHER_KEY, KEY], NOW)).toEqual(LINK);
    expect(openPartnerLink(link, [OTHER_KEY], NOW)).toBe('not-ours');
    expect(openPartnerLink(link, [], NOW)).toBe('not-ours');
  });

  test('stands behind the # of the address, and lasts a week longer than the time to answer', () => {
    const found = caseIn('station-first');
    const address = partnerAddress(found, 'https://12315.example.org', [KEY]) ?? '';
    expect(address).toMatch(/^https:\/\/12315\.example\.org\/partner#[\w.-]+$/);
    // Handed over on 2026-11-16: ten working days end on 11-30.
    expect(openPartnerLink(address.split('#')[1] ?? '', [KEY], NOW)).toEqual({
      number: found.number,
      partner: 'S330203001',
      offer: 3,
      expires: new Date('2026-12-07T16:00:00Z'),
    });
    expect(partnerAddress(found, '', [KEY])).toBeUndefined();
    expect(partnerAddress(found, 'https://12315.example.org', [])).toBeUndefined();
    expect(partnerAddress(caseIn('distributed'), 'https://12315.example.org', [KEY])).toBeUndefined();
  });
});

describe('a signed request', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const request = {
    method: 'POST',
    path: `/partner/cases/${number}/answer`,
    query: '',
    body: '{"answer":"hand-back","reason":"协商不成"}',
  };
  const time = NOW.getTime() / 1000;
  const signed = (at = time) => ({
    partner: 'B1',
    time: at,
    signature: sign(null, Buffer.from(signedText(request, at)), privateKey).toString('base64'),
  });

  test('is good for its own key, and for the second one while keys are changed', () => {
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
    expect(checkSignature(request, signed(), [spki], NOW)).toBe('good');
    expect(checkSignature(request, signed(), [other.toString('base64'), spki], NOW)).toBe('good');
    expect(checkSignature(request, signed(), [other.toString('base64')], NOW)).toBe('wrong-signature');
    expect(checkSignature(request, signed(), [], NOW)).toBe('wrong-signature');
  });

  test.each([
    ['method', { method: 'GET' }],
    ['path', { path: `/partner/cases/${number}` }],
    ['query', { query: 'limit=1' }],
    ['body', { body: '{"answer":"hand-back","reason":"协商不成。"}' }],
  ])('with another %s is refused', (_, changed) => {
    expect(checkSignature({ ...request, ...changed }, signed(), [spki], NOW)).toBe('wrong-signature');
  });

  test('is refused when it is older or newer than five minutes, or its time was changed', () => {
    expect(checkSignature(request, signed(time - 300), [spki], NOW)).toBe('good');
    expect(checkSignature(request, signed(time - 301), [spki], NOW)).toBe('wrong-time');
    expect(checkSignature(request, signed(time + 301), [spki], NOW)).toBe('wrong-time');
    expect(checkSignature(request, { ...signed(time - 301), time }, [spki], NOW)).toBe('wrong-signature');
  });

  test('is read from one form of header only', () => {
    const { signature } = signed();
    const header = `Partner code=B1X, time=${time}, signature=${signature}`;
    expect(readSignature(header)).toEqual({ partner: 'B1X', time, signature });
    for (const broken of [
      '',
      'Bearer x',
      header.replace('time=', 'at='),
      header.slice(0, -1),
      `${header}=`,
    ]) {
      expect(readSignature(broken)).toBeUndefined();
    }
  });

  test('keys of another kind are none', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    expect(publicKeyOf(rsa.export({ format: 'der', type: 'spki' }).toString('base64'))).toBeUndefined();
    expect(publicKeyOf('AAAA')).toBeUndefined();
    expect(publicKeyOf(spki)).toBeDefined();
  });
});

describe('who fits a complaint', () => {
  const fit = (business: object, find = '', partners: readonly Partner[] = PARTNERS, creditCode?: string) =>
    proposePartners(business, partners, { ...registry, creditCode }, '2026-11-16', find).map(
      ({ partner, why }) => `${partner.code} ${why}`,
    );

  test.each<[string, object, string[]]>([
    ['the business itself, by its name', { name: '宁波示例甲餐饮有限公司' }, ['B330203001 same-name']],
    ['by an alias, however it is written', { name: '甲 面馆（南门店）' }, ['B330203001 same-name']],
    ['a station by its venue', { address: '样例商场三楼' }, ['S330203001 in-its-venue']],
    ['a station by its township', { address: '海曙区南门街道1号' }, ['S330203001 serves-the-place']],
    [
      'a station by a code inside its township',
      { divisionCode: '330203001007' },
      ['S330203001 serves-the-place'],
    ],
    [
      'the business before the station',
      { name: '甲面馆', address: '南门街道样例商场一楼' },
      ['B330203001 same-name', 'S330203001 in-its-venue'],
    ],
    ['nobody elsewhere', { name: '别家', address: '古林镇2号', divisionCode: '330203105' }, []],
    ['nobody without name and place', {}, []],
  ])('%s', (_, business, proposals) => {
    expect(fit(business)).toEqual(proposals);
  });

  test('the business that was recognised, where it bears another name', () => {
    const codeOf = ({ creditCode }: { creditCode: string }) => creditCode;
    expect(fit({ name: '甲小面' }, '', PARTNERS, codeOf(BUSINESSES[0]))).toEqual([
      'B330203001 registered-business',
    ]);
    expect(fit({ name: '甲小面' }, '', PARTNERS, codeOf(BUSINESSES[1]))).toEqual([]);
  });

  test('anybody by name or code, who fits first', () => {
    expect(fit({ address: '样例商场' }, '3302')).toEqual(['S330203001 in-its-venue', 'B330203001 undefined']);
    expect(fit({}, '维权服务站')).toEqual(['S330203001 undefined']);
    expect(fit({}, '没有')).toEqual([]);
  });

  test('only while it is active', () => {
    const [station] = PARTNERS as [Partner];
    expect(isActive({ from: '2026-11-16', to: '2026-11-16' }, '2026-11-16')).toBe(true);
    expect(isActive({ from: '2026-11-17' }, '2026-11-16')).toBe(false);
    expect(fit({ address: '样例商场' }, '', [{ ...station, to: '2026-11-15' }])).toEqual([]);
  });
});

test.each([
  ['我的电话13800000001，请联系', '我的电话＊＊＊，请联系'],
  ['打 138 0000 0001 或 138-0000-0001', '打 ＊＊＊ 或 ＊＊＊'],
  ['+86 13800000001', '＊＊＊'],
  ['座机0574-87654321', '座机＊＊＊'],
  ['身份证330203199001011234、33020319900101123X', '身份证＊＊＊、＊＊＊'],
  ['邮箱 a.b@example.com', '邮箱 ＊＊＊'],
  ['付了1380元，订单号20261116000012345', '付了1380元，订单号20261116000012345'],
])('%s is shown as %s to whom the consumer did not agree to be called by', (text, shown) => {
  expect(withoutContacts(text)).toBe(shown);
});
