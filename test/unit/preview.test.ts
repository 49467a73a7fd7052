import { describe, expect, test } from 'vitest';
import { complaintPreview, previewAnswer } from '../../events/preview.ts';
import { type PreviewDependencies, preview } from '../../functions/preview-complaint/preview.ts';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { createReadWhole } from '../../shared/intake/read-complaint.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { createMemoryBusinessStore } from '../../shared/store/business-store.ts';
import { createMemoryCalendarStore } from '../../shared/store/calendar-store.ts';
import { createMemoryGuardStore } from '../../shared/store/guard-store.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { createJudges } from '../../shared/understanding/understand.ts';
import { BUSINESSES, MONDAY, problemOf, registry, registryOf } from './support.ts';

const read = createReadWhole(readGazetteer(gazetteerBytes()), async () => ({ judges: createJudges() }));
const schema = complaintPreview(() => '2026-11-16');
const HANGZHOU = { name: '西湖区市场监督管理局', address: '测试路1号', phone: '0571-00000000' };

function house(of: Registry = { ...registry, authorities: [{ division: '330106', ...HANGZHOU }] }) {
  const businesses = createMemoryBusinessStore();
  const logged: string[] = [];
  const deps: PreviewDependencies = {
    registry: registryOf(of),
    calendar: createMemoryCalendarStore(),
    businesses,
    guard: createMemoryGuardStore(),
    read,
    now: () => new Date(MONDAY),
    log: (...line) => logged.push(JSON.stringify(line)),
  };
  return { deps, businesses, logged };
}

const look = async (draft: object, { deps } = house()) =>
  previewAnswer.parse((await preview(schema.parse(draft), { address: '192.0.2.1' }, deps)).body);

const KETTLE =
  '我11月3日在宁波市海曙区古林镇中心路8号的光明电器行买了一个电水壶，花了299元，用了两天就漏水，老板不肯退，我要求退款299元。';

describe('while somebody writes he sees', () => {
  test('what was understood, each with the words it rests on', async () => {
    const { kind, fields, requests, questions } = await look({ text: KETTLE });
    const words = (spans: { start: number; end: number }[]) =>
      spans.map(({ start, end }) => KETTLE.slice(start, end));
    expect(kind.value).toBe('complaint');
    expect(fields.name?.value).toBe('光明电器行');
    expect(words(fields.name?.spans ?? [])).toEqual(['光明电器行']);
    expect(fields.address?.value).toContain('古林镇');
    expect(fields.paidFen?.value).toBe(29_900);
    expect(fields.occurredOn?.value).toBe('2026-11-03');
    expect(requests.map(({ value }) => value)).toEqual(['refund']);
    // A name that is likely and not sure is read back: one tap answers.
    expect(questions.map(({ about, readsBack }) => [about, readsBack])).toEqual([['respondent', true]]);
    const named = await look({ text: KETTLE, business: { name: '光明电器行' } });
    expect(named.questions).toEqual([]);
  });

  test('who will handle it and why, and the dates that would run, with their articles', async () => {
    const { handledBy, atHub, elsewhere, dates } = await look({ text: KETTLE });
    expect(handledBy).toMatchObject({
      code: '33020302',
      name: '古林市场监督管理所',
      phone: '0574-00000000',
      because: { zh: '乡镇、街道' },
      basis: '总局令第121号第十三条第一款',
    });
    expect([atHub, elsewhere]).toEqual([null, null]);
    expect(dates.map(({ clock, start, due, basis }) => [clock, start, due, basis])).toEqual([
      ['accept', '2026-11-16', '2026-11-25', '总局令第121号第十五条'],
      ['mediate', '2026-11-25', '2027-01-24', '总局令第121号第二十三条第一款第（五）项'],
    ]);
  });

  test('where nobody knows the place: what is asked, and that the hub has a day first', async () => {
    const { handledBy, atHub, questions, dates } = await look({
      text: '买的水壶漏水，老板不给退钱，气死我了！',
    });
    expect(handledBy).toBeNull();
    expect(atHub?.zh).toBe('没有写明经营者地址');
    expect(questions.map(({ about }) => about)).toEqual(['respondent', 'place', 'paid']);
    expect(dates[0]).toMatchObject({ clock: 'accept', start: '2026-11-17', due: '2026-11-26' });
  });

  test('what he filled in or set right decides, and is not asked again', async () => {
    const { handledBy, questions } = await look({
      text: '买的水壶漏水，老板不给退钱，气死我了！',
      business: { name: '光明电器行', address: '宁波市海曙区古林镇中心路8号' },
      paidFen: 29_900,
    });
    expect(handledBy?.code).toBe('33020302');
    expect(questions.map(({ about }) => about)).toEqual(['date']);
  });

  test('a business that the bureau knows by name alone leads to its station', async () => {
    const here = house();
    const [known] = BUSINESSES;
    await here.businesses.load([known], []);
    const { handledBy } = await look(
      { text: '在这家面馆吃出了虫子，要求退款', business: { name: '甲面馆' } },
      here,
    );
    expect(handledBy?.code).toBe('33020302');
  });

  test('which other authority is competent, with its phone, and no dates of ours', async () => {
    const { elsewhere, handledBy, dates, atHub } = await look({
      text: '在杭州市西湖区北山街道的商店买的手表坏了，要求退款500元',
    });
    expect(elsewhere).toMatchObject({
      authority: HANGZHOU,
      ground: { basis: '总局令第121号第十三条第一款' },
    });
    expect([handledBy, atHub, dates]).toEqual([null, null, []]);
  });

  test('an authority that is not market supervision, where it is no matter for us', async () => {
    const { others } = await look({ text: '公司拖欠我三个月工资，不给交社保，还不签劳动合同，要求补发工资' });
    expect(others.map(({ phone }) => phone)).toContain('12333');
  });

  test('whom to call first where somebody is hurt or in danger', async () => {
    const { urgent } = await look({
      text: '孩子在海曙区古林镇的游乐场摔伤送医院抢救，现在滑梯还在漏电，很危险，请马上来人',
    });
    expect(urgent?.call.map(({ phone }) => phone)).toEqual(expect.arrayContaining(['120']));
    expect((await look({ text: KETTLE })).urgent).toBeNull();
  });

  test('that his words report a violation, too: which ones', async () => {
    const text =
      '我在光明超市买的奶粉过期了，要求退款并赔偿1000元。另外举报该店无照经营、长期销售过期食品，请依法查处。';
    const { kind, report } = await look({ text });
    expect(kind.value).toBe('both');
    expect(report).toContain('举报该店无照经营');
  });
});

describe('what he chose comes before what the words sound like', () => {
  test('a report is asked for no sum and no request, and has the report’s date', async () => {
    const { questions, dates } = await look({ kind: 'report', text: '古林镇有家店卖过期奶粉' });
    expect(questions.map(({ about }) => about)).not.toEqual(expect.arrayContaining(['kind']));
    expect(questions.filter(({ about }) => ['request', 'paid'].includes(about))).toEqual([]);
    expect(dates.map(({ clock, due }) => [clock, due])).toEqual([['verify-report', '2026-12-07']]);
  });

  test('a question is asked nothing back', async () => {
    const { questions, dates } = await look({ kind: 'inquiry', text: '网购的东西七天内可以退吗' });
    expect(questions).toEqual([]);
    expect(dates.map(({ clock, internal }) => [clock, internal])).toEqual([['answer', true]]);
  });
});

test('no word of it is logged', async () => {
  const here = house();
  await look({ text: KETTLE, business: { name: '光明电器行' } }, here);
  expect(here.logged.join()).not.toMatch(/水壶|光明|古林/);
});

test('somebody who looks all the time is asked to wait; the limit of another address is another', async () => {
  const { deps } = house();
  const full: PreviewDependencies = { ...deps, guard: { ...deps.guard, count: async () => false } };
  const problem = await problemOf(() =>
    preview(schema.parse({ text: KETTLE }), { address: '192.0.2.1' }, full),
  );
  expect(problem.code).toBe('too-many');
});
