import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { type FilledForm, fillForm, missingValues, paragraphsOf } from '../../shared/forms/fill-form.ts';
import { loadFonts, unrenderable } from '../../shared/forms/fonts.ts';
import { FORMS, type FormId, type FormValues } from '../../shared/forms/forms.ts';
import { renderDocx } from '../../shared/forms/render-docx.ts';
import { renderPdf } from '../../shared/forms/render-pdf.ts';

const IDS = Object.keys(FORMS) as FormId[];
const fonts = loadFonts();

/** The official text of April 2026 without its white space; 《xx法/条例/办法》第xx条 of form 10 without its xx. */
const OFFICIAL: Record<FormId, string> = {
  'form-1':
    '投诉登记表登记单位：编号：投诉人姓名联系电话证件类型证件号码联系地址是否同意公示投诉信息□是□否是否同意委托调解□是□否被投诉人名称（姓名）联系人地址联系电话消费者权益争议事实依据投诉请求投诉人（签字）：年月日经办人（签字）：年月日注：1.本表格适用于市场监督管理部门对消费者通过电话、信函、上门等方式提起投诉的登记。2.消费者通过非现场方式提起投诉的，无须在投诉人一栏签字。3.消费者权益争议事实依据应当包括：消费者购买、使用商品或者接受服务的时间、地点、内容、涉及金额、消费者权益争议情况等具体事实及相应证明材料。4.投诉请求应当包括：消费者主张修理、重作、更换、退货、补足商品数量、退还货款和服务费用、赔偿损失等具体请求。',
  'form-2':
    '举报登记表登记单位：编号：举报人姓名联系电话联系地址身份证件号码被举报人名称（姓名）地址涉嫌违反市场监督管理法律、法规、规章的具体线索和相应的事实依据举报人（签字）：年月日经办人（签字）：年月日注：1.本表格适用于市场监督管理部门对举报人通过电话、信函、上门等方式提起举报的登记。2.举报人可以匿名举报，但应当提供具体涉嫌违法线索和相应的事实依据，并对举报内容的真实性负责。举报人实名举报的，还应当提供真实的身份信息。3.通过非现场方式提出举报的，无须在举报人一栏签字。',
  'form-3':
    '投诉/举报分送通知书市监﹝﹞第号市场监督管理局：现转去于年月日关于的投诉/举报。请你局按照《市场监督管理投诉举报处理办法》的规定依法予以处理，并将处理结果于年月日前报告我局。附：相关材料份，共页。市场监督管理局（印章）年月日',
  'form-4':
    '限期提供身份证明材料通知书市监﹝﹞第号：根据《中华人民共和国消费者权益保护法实施条例》第四十六条第一款的规定，消费者和经营者发生消费争议向市场监督管理部门或者其他有关行政部门投诉的，应当提供真实身份信息等材料。根据《市场监督管理投诉举报处理办法》第十条第三款的规定，请你在年月日前向我局提供以下身份证明材料。逾期未提供或提供虚假材料的，我局将根据《市场监督管理投诉举报处理办法》第十条、第十六条的规定，对投诉依法不予受理。联系电话：；通信地址：。市场监督管理局（印章）年月日',
  'form-5':
    '投诉受理决定书市监﹝﹞第号：我局于年月日收到你关于的投诉。经审查，符合《市场监督管理投诉举报处理办法》规定的受理条件，我局决定受理。联系人：；联系电话：。特此告知。市场监督管理局（印章）年月日',
  'form-6':
    '投诉不予受理决定书市监﹝﹞第号：我局于年月日收到你关于的投诉。经审查，属以下第〔〕项情形，依据《市场监督管理投诉举报处理办法》第十六条的规定，我局决定不予受理。（一）投诉事项不属于市场监督管理部门职责，或者本行政机关不具有处理权限的；（二）法院、仲裁机构、市场监督管理部门或者其他行政机关、消费者协会已经受理或者处理过同一消费者权益争议的；（三）不是为生活消费需要购买、使用商品或者接受服务，或者不能证明与被投诉人之间存在消费者权益争议的；（四）除法律另有规定外，投诉人知道或者应当知道自己的权益受到被投诉人侵害之日起超过三年的；（五）未提供本办法第十条第一款、第十一条规定的材料，或者提供虚假材料的；（六）冒用他人名义或者拒不配合市场监督管理部门核验真实身份信息的；（七）法律、法规、规章规定不予受理的其他情形。你还可以按照《中华人民共和国消费者权益保护法》第三十九条规定的其他途径解决消费者权益争议。特此告知。市场监督管理局（印章）年月日',
  'form-7':
    '投诉调解通知书市监﹝﹞第号：关于的投诉，我局已经受理，根据《市场监督管理投诉举报处理办法》的规定，现组织双方当事人进行现场调解。请于年月日时到参加调解。无正当理由不参加调解的，我局将依法终止调解。请携带以下材料：1.身份证明材料；2.……如果您认为调解人员是投诉人或者被投诉人的近亲属或者有其他利害关系，可能影响公正处理投诉的，可以自收到本通知书之日起日内对调解人员提出回避申请。调解人员：；联系电话：。特此通知。市场监督管理局（印章）年月日',
  'form-8':
    '投诉终止调解决定书市监﹝﹞第号：经审查，关于投诉的调解过程中出现以下第〔〕项情形，依据《市场监督管理投诉举报处理办法》第二十三条第一款的规定，我局决定终止调解。（一）投诉人撤回投诉或者双方自行和解的；（二）投诉人、被投诉人无正当理由不参加调解，或者明确拒绝调解的；（三）经组织调解，投诉人或者被投诉人明确表示无法达成调解协议的；（四）投诉人与被投诉人对鉴定、检测费用承担无法协商一致的；（五）自投诉受理之日起六十日内投诉人和被投诉人未能达成调解协议的；（六）市场监督管理部门受理投诉后，发现存在本办法第十六条、第四十二条规定情形的；（七）投诉人、被投诉人死亡或者主体资格灭失的；（八）法律、法规、规章规定的应当终止调解的其他情形。投诉人、被投诉人对市场监督管理部门作出的终止调解决定、调解结果不服的，可以按照《中华人民共和国消费者权益保护法》第三十九条规定，通过民事诉讼、仲裁等其他途径解决消费者权益争议。特此告知。市场监督管理局（印章）年月日',
  'form-9':
    '投诉调解书市监﹝﹞第号投诉人：联系电话：联系地址：委托代理人：联系电话：联系地址：被投诉人：法定代表人（负责人）：联系电话：地址（经营场所）：委托代理人：联系电话：联系地址：投诉内容及投诉请求：根据《市场监督管理投诉举报处理办法》有关规定，本局组织双方当事人进行调解，双方自愿达成如下协议：本调解书经双方当事人签字后生效。调解书生效后，一方当事人未履行的，另一方当事人可以依据《中华人民共和国消费者权益保护法》第三十九条规定，通过民事诉讼、仲裁等其他途径解决消费者权益争议。投诉人（签名）：被投诉人（签名）：调解人员（签名）：市场监督管理局（印章）年月日',
  'form-10':
    '举报处理结果告知书市监﹝﹞第号：关于的举报，我局已依法处理。根据《》第条规定，现将处理结果告知如下：特此告知。市场监督管理局（印章）年月日',
};

const SEALED = {
  documentNumber: '海曙古林市监〔2026〕第12号',
  authority: '宁波市海曙区市场监督管理局',
  date: '2026-11-22',
};
const SUBJECT = '宁波市海曙古林犇堃喆家电经营部冰箱质量问题';

const SAMPLES: { [Id in FormId]: Required<FormValues<Id>> } = {
  'form-1': {
    unit: '宁波市海曙区市场监督管理局古林市场监管所',
    caseNumber: '330203-20261122-000001',
    name: '𠮷㐂镕',
    phone: '13800001111',
    idType: '居民身份证',
    idNumber: '330203198001011234',
    address: '宁波市海曙区古林镇薛家南路88号5幢301室',
    mayPublish: true,
    mayEntrust: false,
    business: '宁波市海曙古林犇堃喆家电经营部',
    businessContact: '王淼',
    businessAddress: '宁波市海曙区古林镇中心路12号',
    businessPhone: '0574-88001234',
    facts: '2026年11月1日，本人在该店购买冰箱一台，价款3,200元，有发票为证。\n使用三日后不制冷。',
    request: '退货并退还货款3,200元。',
    signedOn: '2026-11-21',
    clerkSignedOn: '2026-11-22',
  },
  'form-2': {
    unit: '宁波市海曙区市场监督管理局古林市场监管所',
    caseNumber: '330203-20261122-000002',
    name: '李喆',
    phone: '13900002222',
    address: '宁波市海曙区古林镇',
    idNumber: '330203198501011234',
    business: '古林某食品店',
    businessAddress: '宁波市海曙区古林镇中心路15号',
    clues: '该店销售过期食品。\n货架上的牛奶保质期至2026年10月1日。',
    signedOn: '2026-11-21',
    clerkSignedOn: '2026-11-22',
  },
  'form-3': {
    ...SEALED,
    recipient: '宁波市海曙区市场监督管理局',
    person: '陈喆',
    receivedOn: '2026-11-21',
    subject: SUBJECT,
    matter: '投诉',
    dueOn: '2027-01-20',
    copies: 2,
    pages: 15,
  },
  'form-4': {
    ...SEALED,
    addressee: '陈喆',
    dueOn: '2026-11-25',
    materials: ['居民身份证复印件', '实名登记的联系电话'],
    phone: '0574-88001234',
    address: '宁波市海曙区古林镇市场监管所',
  },
  'form-5': {
    ...SEALED,
    addressee: '陈喆',
    receivedOn: '2026-11-21',
    subject: SUBJECT,
    contact: '张淼',
    phone: '0574-88001234',
  },
  'form-6': { ...SEALED, addressee: '陈喆', receivedOn: '2026-11-21', subject: SUBJECT, ground: 5 },
  'form-7': {
    ...SEALED,
    addressee: '陈喆',
    subject: SUBJECT,
    mediationDate: '2026-12-01',
    mediationTime: '09:30',
    place: '古林市场监管所二楼调解室',
    materials: ['购物凭证', '维修记录'],
    recusalDays: 3,
    mediators: ['张淼', '李镕'],
    phone: '0574-88001234',
  },
  'form-8': { ...SEALED, addressee: '陈喆', subject: SUBJECT, ground: 8 },
  'form-9': {
    ...SEALED,
    complainant: '陈喆',
    complainantPhone: '13800001111',
    complainantAddress: '宁波市海曙区古林镇薛家南路88号',
    complainantAgent: '周旻',
    complainantAgentPhone: '13700003333',
    complainantAgentAddress: '宁波市海曙区月湖街道1号',
    business: '宁波市海曙古林犇堃喆家电经营部',
    representative: '王堃',
    businessPhone: '0574-88001234',
    businessAddress: '宁波市海曙区古林镇中心路12号',
    businessAgent: '赵赟',
    businessAgentPhone: '13600004444',
    businessAgentAddress: '宁波市海曙区鼓楼街道2号',
    content: '2026年11月1日购买冰箱一台，使用三日后不制冷。要求退货退款。',
    agreement: '一、被投诉人于2026年12月5日前退还货款3,200元。\n二、投诉人同时退还冰箱。',
  },
  'form-10': {
    ...SEALED,
    addressee: '李女士',
    subject: '古林某食品店销售过期食品',
    law: '中华人民共和国食品安全法',
    article: '一百二十四',
    result: '经查，该店销售超过保质期的食品。\n我局已依法立案。',
  },
};

/** What the values above look like on paper, where they do not stand there as they are. */
const PRINTED: Partial<Record<FormId, string[]>> = {
  'form-1': ['□是☑否', '☑是□否', '（签字）：2026年11月21日经办人（签字）：2026年11月22日'],
  'form-3': ['现转去陈喆于2026年11月21日关于', '的投诉。', '2027年1月20日前', '材料2份，共15页'],
  'form-4': ['请你在2026年11月25日前', '1.居民身份证复印件；2.实名登记的联系电话。'],
  'form-6': ['我局于2026年11月21日收到你关于', '第〔五〕项情形'],
  'form-7': [
    '请于2026年12月1日9时30分到古林市场监管所二楼调解室参加调解',
    '1.身份证明材料；2.购物凭证；3.维修记录。',
    '起3日内',
    '调解人员：张淼、李镕；',
  ],
  'form-8': ['第〔八〕项情形'],
};

const squeezed = (text: string) => text.replaceAll(/\s/gu, '');

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The paragraphs of a Word document, its entities read. */
function docxParagraphs(docx: Uint8Array): string[] {
  const xml = new TextDecoder('utf-8', { fatal: true }).decode(unzipSync(docx)['word/document.xml']);
  return xml
    .split('</w:p>')
    .map((paragraph) =>
      [...paragraph.matchAll(/<w:t xml:space="preserve">([^<]*)<\/w:t>/g)]
        .map(([, text = '']) => text.replaceAll(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? '?'))
        .join(''),
    );
}

async function pdfPages(pdf: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf), { verbosity: 0 }));
  return text;
}

/** All words of a PDF without white space and page numbers. */
async function pdfWords(pdf: Uint8Array): Promise<string> {
  const pages = await pdfPages(pdf);
  return pages.map((page) => squeezed(page).replace(/—\d+—/, '')).join('');
}

/** The words of the form as Word and as PDF, without white space. */
async function bothWords(form: FilledForm): Promise<[string, string]> {
  const [docx, pdf] = await Promise.all([renderDocx(form), renderPdf(form, fonts)]);
  return [squeezed(docxParagraphs(docx).join('')), await pdfWords(pdf)];
}

function sample<Id extends FormId>(id: Id, changes: FormValues<Id> = {}): FilledForm {
  return fillForm(id, { ...SAMPLES[id], ...changes });
}

describe('the ten forms', () => {
  test.each(IDS)('%s without values is the official form, word for word', async (id) => {
    for (const words of await bothWords(fillForm(id, {}))) {
      expect(words.replaceAll('＿', '')).toBe(OFFICIAL[id]);
    }
  });

  test.each(IDS)('%s has every value, in Word and in PDF', async (id) => {
    const form = sample(id);
    const texts = Object.values<unknown>(SAMPLES[id])
      .filter((value) => typeof value === 'string')
      .filter((value) => !/^(\d{4}-\d\d-\d\d|\d\d:\d\d)$/.test(value));
    const date = 'date' in SAMPLES[id] ? ['宁波市海曙区市场监督管理局（印章）2026年11月22日'] : [];
    for (const words of await bothWords(form)) {
      for (const text of [...texts, ...(PRINTED[id] ?? []), ...date]) expect(words).toContain(squeezed(text));
      expect(words).not.toContain('＿');
    }
    expect(unrenderable(form, fonts)).toEqual([]);
    expect(missingValues(id, SAMPLES[id])).toEqual([]);
  });

  test.each(IDS)('%s fits on one page with usual values', async (id) => {
    expect(await pdfPages(await renderPdf(sample(id), fonts))).toHaveLength(1);
  });

  test('the seventh ground of refusal and the first of ending can be given', async () => {
    expect(await bothWords(sample('form-6', { ground: 7 }))).toEqual([
      expect.stringContaining('第〔七〕项'),
      expect.stringContaining('第〔七〕项'),
    ]);
    expect(squeezed(wordsOf(sample('form-8', { ground: 1 })))).toContain('第〔一〕项');
  });

  test('an hour without minutes is written as on the form', () => {
    expect(wordsOf(sample('form-7', { mediationTime: '14:00' }))).toContain('12月1日14时到');
  });

  test('who brings nothing but the proof of identity is asked for nothing else', () => {
    expect(wordsOf(sample('form-7', { materials: [] }))).toContain('1.身份证明材料。');
  });

  test('consents not asked for leave both boxes empty', () => {
    const words = wordsOf(sample('form-1', { mayPublish: undefined, mayEntrust: undefined }));
    expect(words.match(/□是 □否/g)).toHaveLength(2);
    expect(words).not.toContain('☑');
  });
});

describe('a draft', () => {
  test('leaves blanks for the pen where values are missing', () => {
    const words = wordsOf(fillForm('form-5', { addressee: '陈喆' }));
    expect(words).toContain('我局于＿＿＿＿年＿＿月＿＿日收到你关于＿＿＿＿＿＿的投诉');
    expect(words).toContain('＿＿＿市监﹝＿＿＿﹞第＿＿号');
    expect(words).toContain('＿＿＿＿＿市场监督管理局（印章）');
  });

  test('tells in both languages which required values it lacks', () => {
    const { phone: _, ...rest } = SAMPLES['form-5'];
    expect(missingValues('form-5', { ...rest, contact: '  ' })).toEqual([
      { key: 'contact', zh: '联系人', en: 'officer' },
      { key: 'phone', zh: '联系电话', en: "officer's telephone" },
    ]);
  });

  test('an anonymous informer lacks nothing', () => {
    const { name: _, phone: _p, address: _a, idNumber: _i, ...rest } = SAMPLES['form-2'];
    expect(missingValues('form-2', rest)).toEqual([]);
  });

  test.each([
    ['a day that does not exist', { mediationDate: '2026-02-30' }, 'mediationDate'],
    ['an hour that does not exist', { mediationTime: '25:00' }, 'mediationTime'],
    ['no mediator', { mediators: [' '] }, 'mediators'],
    ['a broken number', { recusalDays: 1.5 }, 'recusalDays'],
  ])('%s is no value', (_, changes, key) => {
    expect(missingValues('form-7', { ...SAMPLES['form-7'], ...changes }).map((one) => one.key)).toEqual([
      key,
    ]);
  });
});

describe('long texts', () => {
  const facts = Array.from({ length: 1112 }, (_, at) => `第${String(at).padStart(4, '0')}条事实。`).join('');

  test('facts of 10,000 characters run over several numbered pages, whole, in both formats', async () => {
    expect(facts.length).toBeGreaterThan(10_000);
    const form = sample('form-1', { facts });
    for (const words of await bothWords(form)) expect(words).toContain(facts);
    const pages = (await pdfPages(await renderPdf(form, fonts))).map(squeezed);
    expect(pages.length).toBeGreaterThan(4);
    for (const [at, page] of pages.entries()) expect(page).toContain(`—${at + 1}—`);
    // Nobody signs half a box.
    expect(pages.filter((page) => page.includes('（签字）'))).toEqual([
      expect.stringMatching(/投诉人（签字）：2026年11月21日经办人（签字）：2026年11月22日/),
    ]);
    const docx = unzipSync(await renderDocx(form));
    expect(new TextDecoder().decode(docx['word/footer1.xml'])).toContain('PAGE');
  });

  test('the seal never stands alone on a page', async () => {
    for (let lines = 1; lines <= 30; lines += 1) {
      const result = Array.from({ length: lines }, (_, at) => `${at}`).join('\n');
      const pages = await pdfPages(await renderPdf(sample('form-10', { result }), fonts));
      expect(squeezed(pages.at(-1) ?? '')).toMatch(
        /特此告知。宁波市海曙区市场监督管理局（印章）2026年11月22日/,
      );
    }
  });

  test.each(['form-3', 'form-4', 'form-9'] as const)('%s holds 5,000 characters in any field', async (id) => {
    const long = '长'.repeat(4_990) + '到此为止。';
    for (const [key, field] of Object.entries<{ kind: string }>(FORMS[id].fields)) {
      if (field.kind !== 'text' && field.kind !== 'prose') continue;
      const words = await pdfWords(await renderPdf(sample(id, { [key]: long }), fonts));
      expect(words.match(/长/g)?.length, key).toBe(4_990);
      expect(words, key).toContain('到此为止。');
      expect(words, key).toContain('（印章）2026年11月22日');
    }
  });

  test('a word without end is broken, not cut off', async () => {
    const endless = 'a'.repeat(3_000);
    const form = sample('form-1', { facts: endless });
    expect(await pdfWords(await renderPdf(form, fonts))).toContain(endless);
  });
});

describe('any text', () => {
  const name = (text: string) => sample('form-5', { addressee: text });

  test('rare characters in names are printed', async () => {
    const names = '𠮷㐂镕喆堃犇𬭎䶮龘ＡＢ１２';
    const form = name(names);
    expect(unrenderable(form, fonts)).toEqual([]);
    for (const words of await bothWords(form)) expect(words).toContain(`${names}：`);
  });

  test('a character that no font has is reported, 〓 in the PDF, and kept in Word', async () => {
    const form = name('陈😀\u{2ebf0}');
    expect(unrenderable(form, fonts)).toEqual(['😀', '\u{2ebf0}']);
    const [docx, pdf] = await bothWords(form);
    expect(docx).toContain('陈😀\u{2ebf0}：');
    expect(pdf).toContain('陈〓〓：');
  });

  test.each([
    ['a control code', '陈\u0007喆', '\u0007'],
    ['half a character', '陈\ud842喆', '\ud842'],
    ['a mark that turns the writing round', '陈\u202e喆', '\u202e'],
  ])('%s is reported, 〓 in both', async (_, text, rejected) => {
    const form = name(text);
    expect(unrenderable(form, fonts)).toEqual([rejected]);
    for (const words of await bothWords(form)) expect(words).toContain('陈〓喆：');
  });

  test('markup, entities and placeholders are text', async () => {
    const hostile = '<w:t>&amp;{date}</w:t>]]><!--"\'{addressee}\\n%PDF';
    for (const words of await bothWords(name(hostile))) expect(words).toContain(`${hostile}：`);
  });

  test('line breaks of a longer text become paragraphs', async () => {
    const form = sample('form-10', { result: '第一段\r\n第二段\n\n第四段' });
    const paragraphs = docxParagraphs(await renderDocx(form));
    const first = paragraphs.indexOf('第一段');
    expect(paragraphs.slice(first, first + 4)).toEqual(['第一段', '第二段', '', '第四段']);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
      .map((units) => String.fromCharCode(...units)),
  );

  test('comes out of Word unharmed, or is reported', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const value = `甲${text}乙`;
        const form = name(value);
        const reported = new Set(unrenderable(form, fonts));
        const printed = docxParagraphs(await renderDocx(form)).find((words) => words.endsWith('乙：')) ?? '';
        const expected = Array.from(value.replaceAll('\r\n', ' '));
        const found = Array.from(printed.slice(0, -1));
        expect(found).toHaveLength(expected.length);
        for (const [at, character] of expected.entries()) {
          if (found[at] === character || (found[at] === ' ' && /\s|\u0085/u.test(character))) continue;
          expect(found[at]).toBe('〓');
          expect(reported).toContain(character);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('never makes a PDF that cannot be read, nor prints a box', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const form = name(`甲${text}乙`);
        const words = await pdfWords(await renderPdf(form, fonts));
        expect(words).toMatch(/甲.*乙：/su);
        expect(words).toContain('特此告知。');
      }),
      { numRuns: 50 },
    );
  });
});

describe('the files', () => {
  test.each(IDS)('%s carries all of its fonts inside', async (id) => {
    const pdf = Buffer.from(await renderPdf(sample(id), fonts)).toString('latin1');
    const described = pdf.match(/\/Type \/FontDescriptor/g) ?? [];
    expect(described.length).toBeGreaterThan(0);
    expect(pdf.match(/\/FontFile2/g)).toHaveLength(described.length);
    expect(pdf).not.toContain('/Subtype /Type1');
    // A subset: the whole font has 15 MB.
    expect(pdf.length).toBeLessThan(200_000);
  });

  test.each(IDS)('%s is the same to the byte when drawn again', async (id) => {
    const [docx, pdf] = await Promise.all([renderDocx(sample(id)), renderPdf(sample(id), fonts)]);
    await new Promise((done) => setTimeout(done, 20));
    expect(Buffer.compare(await renderDocx(sample(id)), docx)).toBe(0);
    expect(Buffer.compare(await renderPdf(sample(id), fonts), pdf)).toBe(0);
  });

  test('bear the date of the document, not of the day they are drawn', async () => {
    const form = sample('form-5', { date: '2031-05-06' });
    const core = new TextDecoder().decode(unzipSync(await renderDocx(form))['docProps/core.xml']);
    expect(core.match(/2031-05-06T00:00:00Z/g)).toHaveLength(2);
    expect(Buffer.from(await renderPdf(form, fonts)).toString('latin1')).toContain('D:20310506000000Z');
  });
});

function wordsOf(form: FilledForm): string {
  return paragraphsOf(form)
    .map(({ runs }) => runs.map(({ text }) => text).join(''))
    .join('\n');
}
