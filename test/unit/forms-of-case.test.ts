import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { act } from '../../functions/desk-api/act.ts';
import type { DeskDependencies } from '../../functions/desk-api/desk.ts';
import type { Case } from '../../shared/case/case.ts';
import { register } from '../../shared/case/register.ts';
import { draftForm, previewForm, previewRequest } from '../../shared/forms/draft.ts';
import { loadFonts } from '../../shared/forms/fonts.ts';
import { FORMS, type FormId } from '../../shared/forms/forms.ts';
import { valuesOf } from '../../shared/forms/values-of-case.ts';
import { Problem } from '../../shared/http/problem.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createMemoryBusinessStore } from '../../shared/store/business-store.ts';
import { createMemoryCalendarStore } from '../../shared/store/calendar-store.ts';
import { createMemoryCaseStore, type MemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryNoticeStore } from '../../shared/store/memory-notice-store.ts';
import { createMemoryPartnerStore } from '../../shared/store/partner-store.ts';
import { createMemoryRuleStore } from '../../shared/store/rule-store.ts';
import { sourceOf } from '../../shared/understanding/source.ts';
import { splitParts } from '../../shared/understanding/split.ts';
import { registry, registryOf } from './support.ts';

/*
 * The forms as an officer gets them: steps are taken at the desk, then the form is asked for.
 */

const fonts = loadFonts();
const NOW = '2026-11-16T02:00:00.000Z';
const OFFICER = { id: 'officer-a1', role: 'officer', unit: '33020301' } as const;
const DISPATCHER = { id: 'dispatcher-1', role: 'dispatcher', unit: '330200' } as const;
const MANAGER = { id: 'manager-1', role: 'manager', unit: '330203' } as const;
const WHO = { name: '某甲', phone: '13800000000', address: '样例小区1幢' };
const INFORMER = { name: '举报人乙', phone: '13900000009' };
const CONTENT = {
  text: '在面馆买到变质的面条。',
  request: '退款并赔偿',
  business: { name: '样味面馆', address: '南门街道样例路1号' },
  claimedFen: 12_300,
};

let cases: MemoryCaseStore;
let deps: DeskDependencies;
beforeEach(() => {
  cases = createMemoryCaseStore();
  let drawn = 500_000;
  deps = {
    cases,
    identities: cases.complainants,
    incidents: cases.incidents,
    deskWork: cases.deskWork,
    notices: createMemoryNoticeStore(),
    partners: createMemoryPartnerStore(),
    businesses: createMemoryBusinessStore(),
    registry: registryOf(),
    rules: createMemoryRuleStore(registry),
    calendar: createMemoryCalendarStore(),
    now: () => new Date(NOW),
    randomInt: () => (drawn += 1),
    salt: () => 'salt',
    log: () => {},
  };
});

async function filed(kind: 'complaint' | 'report', draw: number): Promise<string> {
  const calendar = await deps.calendar.read();
  const identity = kind === 'report' ? INFORMER : WHO;
  const step = register(
    CONTENT,
    { kind, channel: 'web', bureau: '330200', draw, secretHash: 'x', identity },
    {
      actor: { role: 'consumer', id: 'complainant' },
      now: deps.now,
      salt: deps.salt,
      calendar,
      settings: settingsOf(undefined),
    },
  );
  await cases.commit({ registrations: [{ step, identity }] });
  await act(step.after.number, 'distribute', { unit: '33020301' }, DISPATCHER, deps);
  return step.after.number;
}

const draftDeps = (serves: 'complaint' | 'report') => ({
  cases,
  people: serves === 'report' ? cases.informers : cases.complainants,
  serves,
  registry: registryOf(),
  fonts,
  now: deps.now,
  log: () => {},
});
type Format = 'pdf' | 'docx' | 'json';
async function draft(
  number: string,
  form: FormId,
  format: Format = 'json',
  party: 'complainant' | 'business' = 'complainant',
) {
  return draftForm(number, form, { format, party }, OFFICER, draftDeps('complaint'));
}
async function wordsOf(number: string, form: FormId, party?: 'complainant' | 'business'): Promise<string> {
  const { body } = await draft(number, form, 'json', party);
  return wordsIn(body);
}
function wordsIn(body: unknown): string {
  const { paragraphs } = body as { paragraphs: { runs: { text: string }[] }[] };
  return paragraphs.map(({ runs }) => runs.map(({ text }) => text).join('')).join('\n');
}
async function problem(take: Promise<unknown>): Promise<string> {
  return take.then(
    () => 'none',
    (error: unknown) => (error instanceof Problem ? error.code : 'other'),
  );
}

describe('a complaint', () => {
  test('accepted: form 5 bears the number of the unit’s series, the county’s name, the complainant and the date', async () => {
    const number = await filed('complaint', 1);
    await act(number, 'accept', {}, OFFICER, deps);
    const words = await wordsOf(number, 'form-5');
    for (const part of [
      '海曙南门市监〔2026〕第1号',
      '某甲',
      '2026年11月16日',
      '样味面馆',
      '海曙区市场监督管理局',
    ]) {
      expect(words).toContain(part);
    }
  });

  test('refused: form 6 names the ground by its number', async () => {
    const number = await filed('complaint', 2);
    const reason = '该餐具系公司团购用于经营，发票抬头为某某餐饮公司，不属生活消费';
    await act(number, 'refuse', { ground: 'art16-3', reason }, OFFICER, deps);
    expect(await wordsOf(number, 'form-6')).toContain('第〔三〕项');
  });

  test('seen before it is refused: what is typed stands in form 6, nothing is issued, the look is on record', async () => {
    const number = await filed('complaint', 3);
    const typed = { values: { ground: 'art16-3', reason: '不属生活消费' } };
    const { body } = await previewForm(number, 'form-6', typed, OFFICER, draftDeps('complaint'));
    expect(body).toMatchObject({ documentNumber: null });
    const words = wordsIn(body);
    expect(words).toContain('第〔三〕项');
    expect(words).toContain('某甲');
    expect((await cases.case(number))?.forms).toEqual([]);
    expect(await cases.complainants.reads(number)).toMatchObject([{ staff: OFFICER.id, reason: 'form-6' }]);
  });

  test('issued already: the preview shows what is typed, not the form that was issued', async () => {
    const number = await filed('complaint', 4);
    const reason = '该餐具系公司团购用于经营，发票抬头为某某餐饮公司，不属生活消费';
    await act(number, 'refuse', { ground: 'art16-3', reason }, OFFICER, deps);
    const typed = { values: { ground: 'art16-5' } };
    const { body } = await previewForm(number, 'form-6', typed, OFFICER, draftDeps('complaint'));
    expect(wordsIn(body)).toContain('第〔五〕项');
    expect(body).toMatchObject({ documentNumber: null });
  });

  test('whatever is typed, the preview is no fault of ours', async () => {
    const number = await filed('complaint', 6);
    const anything = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constantFrom('art16-99', 'art23-0', '2026-13-45T99:99', '2026-11-20T10:00:00+08:00', '《法》第条'),
    );
    const names = ['ground', 'meetsAt', 'wanted', 'place', 'mediators', 'promisedOn', 'agreedFen'];
    const more = ['reportBy', 'basis', 'decision', 'agreement', '__proto__'];
    const values = fc.dictionary(fc.constantFrom(...names, ...more), anything);
    const complaints = (Object.keys(FORMS) as FormId[]).filter((form) => FORMS[form].matter !== 'report');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...complaints), values, async (form, typed) => {
        const sent = previewRequest.parse({ values: typed });
        const { status } = await previewForm(number, form, sent, OFFICER, draftDeps('complaint'));
        expect(status).toBe(200);
      }),
      { numRuns: 300 },
    );
  });

  test('is not previewed by who may not read the names, nor as a report', async () => {
    const number = await filed('complaint', 5);
    const nothing = { values: {} };
    const other = { ...OFFICER, unit: '33020302' };
    expect(await problem(previewForm(number, 'form-6', nothing, other, draftDeps('complaint')))).toBe(
      'not-found',
    );
    expect(await problem(previewForm(number, 'form-6', nothing, OFFICER, draftDeps('report')))).toBe(
      'not-found',
    );
  });

  test('that is also a report: form 9, which the business gets, has the complaint’s part only', async () => {
    const found = await deps.cases.case(await filed('complaint', 7));
    if (found === undefined) throw new Error('not filed');
    const text = '在面馆吃坏肚子，要求退还饭钱。另外举报他家后厨用过期肉，请查处，不要透露我的名字。';
    const parts = splitParts(sourceOf({ text }));
    const content = (understood: Partial<Case['understood']>) =>
      valuesOf('form-9', {
        found: {
          ...found,
          complaint: { ...found.complaint, text },
          understood: understood as Case['understood'],
        },
        identity: WHO,
        issued: undefined,
        documentNumber: undefined,
        registry,
        party: 'business',
      }).content;
    expect(content({ parts })).toBe('在面馆吃坏肚子，要求退还饭钱。\n退款并赔偿\n诉求金额：123.00元');
    expect(content({})).toContain('过期肉');
  });

  test('form 7 has a copy for each side, with time, place and mediators', async () => {
    const number = await filed('complaint', 3);
    await act(number, 'accept', {}, OFFICER, deps);
    const meeting = {
      mode: 'on-site',
      meetsAt: '2026-11-20T14:30',
      place: '南门所二楼',
      mediators: '张三、李四',
    };
    const consents = { complainantConsents: true, businessConsents: true };
    await act(number, 'start-mediation', { ...meeting, ...consents }, OFFICER, deps);
    expect(await wordsOf(number, 'form-7')).toContain('某甲：');
    const copy = await wordsOf(number, 'form-7', 'business');
    for (const part of ['样味面馆：', '2026年11月20日', '14时30分', '南门所二楼', '张三、李四', '第2号']) {
      expect(copy).toContain(part);
    }
  });

  test('a draft of what was not issued yet has blanks for number and date, and says what is missing', async () => {
    const number = await filed('complaint', 4);
    const { body } = await draft(number, 'form-8');
    expect(body).toMatchObject({ documentNumber: null });
    expect((body as { missing: { key: string }[] }).missing.map(({ key }) => key)).toContain('ground');
  });

  test('comes as PDF and as DOCX, under a name that tells nothing', async () => {
    const number = await filed('complaint', 5);
    await act(number, 'accept', {}, OFFICER, deps);
    const pdf = await draft(number, 'form-5', 'pdf');
    expect(Buffer.from((pdf.body as Uint8Array).subarray(0, 5)).toString()).toBe('%PDF-');
    const docx = await draft(number, 'form-1', 'docx');
    expect(Buffer.from((docx.body as Uint8Array).subarray(0, 2)).toString()).toBe('PK');
    expect(docx.headers?.['content-disposition']).not.toContain('某甲');
  });

  test('is read on record: who had the form drawn, and which', async () => {
    const number = await filed('complaint', 6);
    await draft(number, 'form-1');
    expect(await cases.complainants.reads(number)).toMatchObject([{ staff: 'officer-a1', reason: 'form-1' }]);
  });

  test('is not drawn for another station, nor by the function for reports', async () => {
    const number = await filed('complaint', 7);
    const other = { ...OFFICER, unit: '33020302' };
    const wanted = { format: 'json', party: 'complainant' } as const;
    expect(await problem(draftForm(number, 'form-1', wanted, other, draftDeps('complaint')))).toBe(
      'not-found',
    );
    expect(await problem(draftForm(number, 'form-1', wanted, OFFICER, draftDeps('report')))).toBe(
      'not-found',
    );
    expect(await problem(draft(number, 'form-10'))).toBe('bad-request');
  });
});

describe('a report', () => {
  test('form 10 tells the informer the decision and the law it rests on', async () => {
    const number = await filed('report', 11);
    await act(
      number,
      'assign',
      { officer: 'officer-a1' },
      { ...MANAGER, role: 'head', unit: '33020301' },
      deps,
    );
    await act(number, 'verify', { found: '现场检查发现过期食品三批次，货值两百元' }, OFFICER, deps);
    await act(number, 'file-case', { reason: '涉嫌经营超过保质期的食品，符合立案条件' }, MANAGER, deps);
    const decision = {
      decision: 'penalty',
      fineFen: 500_000,
      caseValueFen: 20_000,
      basis: '《中华人民共和国食品安全法》第一百二十四条',
    };
    await act(number, 'decide', decision, MANAGER, deps);
    const { body } = await draftForm(
      number,
      'form-10',
      { format: 'json', party: 'complainant' },
      OFFICER,
      draftDeps('report'),
    );
    const { paragraphs } = body as { paragraphs: { runs: { text: string }[] }[] };
    const words = paragraphs.map(({ runs }) => runs.map(({ text }) => text).join('')).join('\n');
    for (const part of ['举报人乙：', '《中华人民共和国食品安全法》第一百二十四条', '行政处罚决定']) {
      expect(words).toContain(part);
    }
  });

  test('is not drawn by the function of the complaint side, nor for an officer who is not on it', async () => {
    const number = await filed('report', 12);
    const wanted = { format: 'json', party: 'complainant' } as const;
    expect(await problem(draft(number, 'form-2'))).toBe('not-found');
    const other = { ...OFFICER, id: 'officer-a9' };
    expect(await problem(draftForm(number, 'form-2', wanted, other, draftDeps('report')))).toBe('forbidden');
  });
});

test('the sample register has the names that document numbers are made of', () => {
  expect(registry.units.find(({ code }) => code === '33020301')?.name).toBe('南门市场监督管理所');
});
