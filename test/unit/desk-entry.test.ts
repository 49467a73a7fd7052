import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { errorFile } from '../../shared/desk-entry/error-file.ts';
import { readPasted } from '../../shared/desk-entry/read-pasted.ts';
import { type Draft, readRows } from '../../shared/desk-entry/read-rows.ts';
import { readTable } from '../../shared/desk-entry/read-table.ts';
import { LIMITS, type Table } from '../../shared/desk-entry/table.ts';
import {
  dayOfSerial,
  readChannel,
  readDay,
  readDigits,
  readFen,
  readKind,
} from '../../shared/desk-entry/values.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { createJudges } from '../../shared/understanding/understand.ts';
import { workbook } from './workbook.ts';

const TODAY = '2026-11-22';
const knowledge = { gazetteer: readGazetteer(gazetteerBytes()), home: '3302', judges: createJudges() };
const utf8 = (text: string) => new TextEncoder().encode(text);

/** What stands in the form after pasting, by field. */
function filledIn(pasted: string): Record<string, unknown> {
  return Object.fromEntries(readPasted(pasted, TODAY, knowledge).map(({ field, value }) => [field, value]));
}

describe('what is pasted', () => {
  const ORDER = `12345政务服务热线工单
工单编号：NB20261121000345
来电时间：2026-11-21 09:32
来电人：李女士    联系电话：138-0000-0002
被投诉单位：样例健身有限公司
地址：宁波市江北区样例路9号
诉求类型：投诉
诉求内容：市民反映2026年10月8日在该健身房办理年卡，支付3980元，11月起门店关门，商家电话：0574-00008888无人接听。
市民曾多次前往未果。
主要诉求：退还剩余费用
承办单位：某市场监督管理所`;

  test('a work order of 12345 fills the form in, its story whole', () => {
    expect(filledIn(ORDER)).toEqual({
      channel: 'hotline-12345',
      externalNumber: 'NB20261121000345',
      receivedOn: '2026-11-21',
      kind: 'complaint',
      name: '李女士',
      phone: '138-0000-0002',
      businessName: '样例健身有限公司',
      businessAddress: '宁波市江北区样例路9号',
      businessPhone: '0574-00008888',
      text: expect.stringMatching(/^市民反映2026年10月8日[^]*市民曾多次前往未果。$/),
      request: '退还剩余费用',
      paid: 398_000,
      occurredOn: '2026-10-08',
    });
  });

  test('the same on one line, in brackets, and as columns of a table', () => {
    const expected = {
      name: '陈先生',
      phone: '13800000005',
      businessName: '样例奶茶店',
      text: '喝到异物，要求赔偿',
    };
    for (const pasted of [
      '来电人：陈先生 联系电话：13800000005 诉求内容：喝到异物，要求赔偿 被投诉单位：样例奶茶店 地址：样例街5号',
      '【来电人】陈先生【联系电话】13800000005【被投诉单位】样例奶茶店【诉求内容】喝到异物，要求赔偿',
      '投诉人\t陈先生\n联系电话\t13800000005\n商家名称\t样例奶茶店\n投诉内容\t喝到异物，要求赔偿',
      '姓 名：陈先生\n电  话：13800000005\n被投诉人（必填）：样例奶茶店\n反映内容:喝到异物，要求赔偿',
    ]) {
      expect(filledIn(pasted)).toMatchObject(expected);
    }
  });

  test('an address and a phone belong to whom the label before them was about', () => {
    const read = filledIn(
      '投诉人：陈先生\n地址：样例小区1幢\n被投诉人：样例店\n地址：样例街5号\n电话：0574-00007777\n内容：漏水',
    );
    expect(read).toMatchObject({
      address: '样例小区1幢',
      businessAddress: '样例街5号',
      businessPhone: '0574-00007777',
    });
    expect(read).not.toHaveProperty('phone');
  });

  const LETTER = `宁波市市场监督管理局：
    2026年11月10日我在海曙区样例家电城买了一台热水器，花了2580元，装好第三天就漏水，老板电话13900000003，一直推脱。
    我要求退款2580元。联系我请打13800000004。
此致
敬礼！
                       王小测
                2026年11月15日`;

  test('a running letter: who signs, whose phone is whose, what is wanted; the signature is no story', () => {
    const read = filledIn(LETTER);
    expect(read).toMatchObject({
      channel: 'letter',
      name: '王小测',
      phone: '13800000004',
      businessPhone: '13900000003',
      businessName: '样例家电城',
      paid: 258_000,
      request: '我要求退款2580元',
      text: expect.stringMatching(/联系我请打13800000004。$/),
    });
  });

  test('a formal letter: the story under its label ends above the signature, too', () => {
    const read = filledIn(
      '投诉信\n被投诉人：样例店，地址：样例街5号\n投诉请求：退一赔三\n事实和理由：买到翻新机。\n此致\n海曙区市场监管局\n投诉人：孙某某\n2026年9月20日',
    );
    expect(read).toMatchObject({
      text: '买到翻新机。',
      request: '退一赔三',
      name: '孙某某',
      businessName: '样例店',
      businessAddress: '样例街5号',
    });
  });

  test('every field names the words it rests on, and what running words say is to be looked at', () => {
    for (const pasted of [ORDER, LETTER]) {
      for (const { field, value, start, end } of readPasted(pasted, TODAY, knowledge)) {
        expect(end).toBeGreaterThan(start);
        if (typeof value === 'string' && !['receivedOn', 'occurredOn', 'kind', 'channel'].includes(field))
          expect(pasted.slice(start, end)).toBe(value);
      }
    }
    const read = readPasted(LETTER, TODAY, knowledge);
    expect(read.find(({ field }) => field === 'businessPhone')?.sure).toBe(false);
    expect(readPasted(ORDER, TODAY, knowledge).find(({ field }) => field === 'phone')?.sure).toBe(true);
  });

  test('nothing is made up: nobody who stays anonymous, no phone of a shop as the writer’s', () => {
    expect(filledIn('来电人：匿名\n诉求内容：样例店缺斤少两，店里电话13900000003')).not.toMatchObject({
      name: expect.anything(),
    });
    expect(filledIn('样例店缺斤少两，店里电话13900000003')).not.toHaveProperty('phone');
    expect(filledIn('我是消费者，东西坏了')).not.toHaveProperty('name');
    expect(filledIn('   ')).toEqual({});
  });

  test('any text gives an answer, cut anywhere', () => {
    const pieces = fc.constantFrom(
      '投诉人：',
      '地址',
      '：',
      '\n',
      '【',
      '13800000001',
      '此致',
      '敬礼',
      '2026年',
      '\ud83d',
      '我叫王小测',
      '元',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 40 }), (parts) => {
        const pasted = parts.join('');
        for (const { start, end } of readPasted(pasted, TODAY, knowledge)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(pasted.length);
        }
      }),
      { numRuns: 60 },
    );
    for (let length = 0; length < ORDER.length; length += 29)
      readPasted(ORDER.slice(0, length), TODAY, knowledge);
  });
});

describe('values', () => {
  test.each([
    ['1,234.5', 123_450],
    ['￥300', 30_000],
    ['0.29元', 29],
    ['０.５万元', 500_000],
    ['1.005', undefined],
    ['约300', undefined],
    ['12,34', undefined],
    ['-5', undefined],
    ['99999999999999', undefined],
  ])('a sum %s is %s fen', (written, fen) => {
    const read = readFen(written);
    expect('value' in read ? read.value : undefined).toBe(fen);
  });

  test('a column in ten thousand yuan counts so, to the fen', () => {
    expect(readFen('1.2345', '万元')).toEqual({ value: 1_234_500 });
  });

  test('every sum of two decimals is read exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (fen) => {
        const text = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
        expect(readFen(text)).toEqual({ value: fen });
      }),
    );
  });

  test.each([
    ['2026-11-03', '2026-11-03'],
    ['2026/11/3 14:20', '2026-11-03'],
    ['2026年11月3日', '2026-11-03'],
    ['2026 年 11 月 3 日 上午', '2026-11-03'],
    ['20261103', '2026-11-03'],
    ['2026-02-30', undefined],
    ['3/11/2026', undefined],
    ['11月3日', undefined],
  ])('a day %s is %s', (written, day) => {
    const read = readDay(written);
    expect('value' in read ? read.value : undefined).toBe(day);
  });

  test('serial numbers of both epochs are days, others none', () => {
    expect(dayOfSerial(46_329)).toBe('2026-11-03');
    expect(dayOfSerial(44_867, true)).toBe('2026-11-03');
    expect(dayOfSerial(13_800_000_001)).toBeUndefined();
  });

  test('channels and kinds by the words of the registers', () => {
    expect(
      ['全国12315平台', '12345热线转办', '局长信箱', '群众来信', '来访', 'letter'].map((one) =>
        readChannel(one),
      ),
    ).toEqual(
      ['national-platform', 'hotline-12345', 'mailbox', 'letter', 'walk-in', 'letter'].map((value) => ({
        value,
      })),
    );
    expect(readChannel('其他')).toHaveProperty('reason');
    expect(readKind('消费投诉')).toEqual({ value: 'complaint' });
    expect(readKind('投诉举报')).toHaveProperty('reason');
  });

  test('a phone that the spreadsheet has rounded is refused, a whole one is not', () => {
    expect(readDigits('1.38E+10')).toHaveProperty('reason');
    expect(readDigits('13800000001')).toEqual({ value: '13800000001' });
  });
});

const HEADER = '投诉人,联系电话,被投诉企业,投诉内容,涉及金额(元),发生日期,来源渠道,工单号';
const ROW = '某甲,13800000001,样例店,"漏水,不修",298.5,2026/11/3,12345,NB1';
const DEFAULTS = { channel: 'letter', receivedOn: TODAY } as const;

function tableOf(bytes: Uint8Array, sheet?: string): Table {
  const read = readTable(bytes, sheet);
  if ('reason' in read) throw new Error(read.reason.en);
  return read.table;
}

function draftOf(bytes: Uint8Array): Draft {
  const read = readRows(tableOf(bytes), DEFAULTS);
  if ('reason' in read) throw new Error(read.reason.en);
  return read;
}

const DRAFT = {
  channel: 'hotline-12345',
  receivedOn: TODAY,
  externalNumber: 'NB1',
  message: {
    complainant: { name: '某甲', phone: '13800000001' },
    business: { name: '样例店' },
    text: '漏水,不修',
    claimedFen: 29_850,
    occurredOn: '2026-11-03',
  },
};

/** GBK of the few characters that the test needs; browsers and Node can only decode it. */
function gbk(text: string): Uint8Array {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Uint8Array.from(Array.from(text).flatMap((one) => table.get(one) ?? [one.charCodeAt(0)]));
}

describe('a table', () => {
  test('in every encoding and with every sign between cells gives the same entry', () => {
    const lines = `${HEADER}\r\n${ROW}\r\n`;
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(lines, (one) => one.charCodeAt(0)).buffer),
    ]);
    const other = (sign: string) => utf8(lines.replaceAll(',', sign).replace(`漏水${sign}不修`, '漏水,不修'));
    for (const bytes of [
      utf8(lines),
      utf8(`\ufeff${lines}`),
      gbk(lines),
      utf16,
      other(';'),
      other('\t'),
      other('|'),
      utf8(`sep=,\n${lines}`),
    ]) {
      expect(draftOf(bytes).rows).toMatchObject([{ draft: DRAFT, problems: [] }]);
    }
  });

  test('from a spreadsheet: shared and inline strings, days by their style, phones to the last digit', () => {
    const bytes = workbook({
      说明: [['请填第二张表']],
      投诉: [
        ['2026年11月转办清单'],
        HEADER.split(','),
        [
          '某甲',
          { v: '1.3800000001E10' },
          '样例店',
          '漏水,不修',
          { v: '298.50000000000006', s: 3 },
          { v: '46329.6', s: 2 },
          '12345',
          'NB1',
        ],
        [],
        ['某乙', { v: '13800000002' }, '', '坏了', '', { v: '46329', s: 1 }, '', ''],
      ],
    });
    expect(tableOf(bytes).sheets).toEqual(['说明', '投诉']);
    const table = tableOf(bytes, '投诉');
    const read = readRows(table, DEFAULTS) as Draft;
    expect(read.rows).toMatchObject([
      { row: 3, draft: DRAFT, problems: [] },
      {
        row: 5,
        draft: {
          channel: 'letter',
          message: { complainant: { phone: '13800000002' }, occurredOn: '2026-11-03' },
        },
      },
    ]);
    expect(readTable(bytes, '没有')).toMatchObject({ reason: { zh: expect.stringContaining('说明、投诉') } });
  });

  test('rows count as in the spreadsheet, line breaks in cells and empty rows included', () => {
    const rows = draftOf(utf8('内容,姓名\n"一\n行",甲\n\n二,乙\n')).rows;
    expect(rows.map(({ row, draft }) => [row, (draft.message as { text: string }).text])).toEqual([
      [2, '一\n行'],
      [4, '二'],
    ]);
  });

  test('headers in both languages, with units and hints; unknown ones are named and left out', () => {
    const { columns, rows } = draftOf(
      utf8(
        'Name*,Phone No.,Details,要求金额(美元),金额（万元）,负责人\n某甲,13800000001,broken,7,0.5,某丙\n',
      ),
    );
    expect(columns).toEqual([
      { header: 'Name*', field: 'name' },
      { header: 'Phone No.', field: null },
      { header: 'Details', field: 'text' },
      { header: '要求金额(美元)', field: null },
      { header: '金额（万元）', field: 'claimed' },
      { header: '负责人', field: null },
    ]);
    expect(rows[0]?.draft.message).toEqual({
      complainant: { name: '某甲' },
      text: 'broken',
      claimedFen: 500_000,
    });
  });

  test('what is wrong with a cell is said of its column, and stops no other row', () => {
    const { rows } = draftOf(utf8('姓名,电话,内容,金额\n某甲,1.38E+10,坏了,很多\n某乙,13800000002,漏水,5\n'));
    expect(rows[0]?.problems.map(({ column }) => column)).toEqual(['电话', '金额']);
    expect(rows[1]?.problems).toEqual([]);
  });

  test('without a column for what happened it says which names it knows', () => {
    const read = readRows(tableOf(utf8('a,b\n1,2\n')), DEFAULTS);
    expect(read).toMatchObject({ reason: { zh: expect.stringContaining('投诉内容') } });
  });

  test('the file of errors opens in a spreadsheet, keeps cells, computes nothing, and can be read again', () => {
    const words = errorFile(
      ['姓名', '内容'],
      [
        {
          row: 7,
          cells: ['=1+1', '说"坏"\n了'],
          problems: [{ column: '姓名', field: { zh: '投诉人', en: 'Complainant' }, zh: '不对', en: 'wrong' }],
        },
      ],
      'zh',
    );
    expect(words.startsWith('\ufeff"姓名","内容","原行号","未登记原因"\r\n')).toBe(true);
    expect(tableOf(utf8(words)).rows[1]?.cells.map(({ text }) => text)).toEqual([
      "'=1+1",
      '说"坏"\n了',
      '7',
      '姓名：不对',
    ]);
  });
});

describe('a file that is no table gives a reason, never an exception', () => {
  const reasonOf = (bytes: Uint8Array) => {
    const read = readTable(bytes);
    return 'reason' in read ? read.reason.zh : undefined;
  };

  test('empty, too large, too many rows, old Excel, a picture, a zip that is no workbook', () => {
    expect(reasonOf(new Uint8Array())).toContain('空');
    expect(reasonOf(new Uint8Array(LIMITS.bytes + 1))).toContain('2 MB');
    expect(reasonOf(utf8(`内容\n${'x\n'.repeat(LIMITS.rows + 1)}`))).toContain('1000 行');
    expect(reasonOf(utf8(`内容\n${'x\n'.repeat(LIMITS.rows)}`))).toBeUndefined();
    expect(reasonOf(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2))).toContain('XLS');
    expect(reasonOf(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3))).toContain('CSV');
    expect(reasonOf(workbook({}))).toContain('工作簿');
    expect(reasonOf(utf8('内容\n"没有结束'))).toContain('引号');
    expect(reasonOf(workbook({ a: [['内容']] }, { 'xl/worksheets/sheet1.xml': '<a><b></a>' }))).toContain(
      '损坏',
    );
  });

  test('a bomb is not unpacked, whatever its directory says', () => {
    const bomb = workbook({ a: [] }, { 'xl/worksheets/sheet1.xml': new Uint8Array(LIMITS.unpacked + 1) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(reasonOf(bomb)).toContain('32 MB');
    // Every size in the directory says one byte.
    const lying = bomb.slice();
    const view = new DataView(lying.buffer);
    for (let at = 0; at < lying.length - 46; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1, true);
    }
    expect(reasonOf(lying)).toContain('32 MB');
  });

  test('an entity bomb in a workbook stays what it is', () => {
    const xml =
      '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>';
    expect(reasonOf(workbook({ a: [] }, { 'xl/worksheets/sheet1.xml': xml }))).toContain('损坏');
  });

  const GOOD = [
    utf8(`${HEADER}\n${ROW}\n`),
    gbk(`${HEADER}\n${ROW}\n`),
    workbook({
      投诉: [
        HEADER.split(','),
        ['某甲', { v: '13800000001' }, '样例店', '漏水', { v: '5' }, { v: '46329', s: 1 }],
      ],
    }),
  ];

  test('cut anywhere, any byte changed, random bytes', () => {
    const mutated = fc.oneof(
      fc.constantFrom(...GOOD).chain((bytes) => fc.nat(bytes.length).map((length) => bytes.slice(0, length))),
      fc
        .tuple(
          fc.constantFrom(...GOOD),
          fc.array(fc.tuple(fc.nat(10_000), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
        )
        .map(([bytes, changes]) => {
          const changed = bytes.slice();
          for (const [at, byte] of changes) changed[at % changed.length] = byte;
          return changed;
        }),
      fc.uint8Array({ maxLength: 400 }),
      fc.uint8Array({ maxLength: 200 }).map((rest) => Uint8Array.from([0x50, 0x4b, 3, 4, ...rest])),
    );
    fc.assert(
      fc.property(mutated, (bytes) => {
        const read = readTable(bytes);
        if ('reason' in read) expect(read.reason.en).not.toBe('');
        else expect(readRows(read.table, DEFAULTS)).toBeTypeOf('object');
      }),
      { numRuns: 500 },
    );
  });
});
