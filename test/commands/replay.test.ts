import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJournal } from '../../infra/commands/replay/journal.ts';
import { readMessages } from '../../infra/commands/replay/messages.ts';
import { seededEnding } from '../../infra/commands/replay/seeded.ts';
import { sendMessages } from '../../infra/commands/replay/send-messages.ts';
import { percentile } from '../../infra/commands/replay/summary.ts';
import { waitForTriage } from '../../infra/commands/replay/wait-for-triage.ts';
import { webWay } from '../../infra/commands/replay/ways.ts';
import type { CaseEvent } from '../../shared/case/case.ts';
import { type FakeIntake, startFakeIntake } from './fake-intake.ts';

const line = (id: number | string, text = `text of ${id}`) => JSON.stringify({ id, title: 'title', text });

describe('reading a file', () => {
  test('makes a bare message a complaint of a plainly fake person', () => {
    const { messages } = readMessages('{"id":7,"time":"2017-06-08 17:31:20","title":"标题","text":"正文"}\n');
    expect(messages).toEqual([
      {
        line: 1,
        id: '7',
        key: expect.stringMatching(/^replay-[0-9a-f]{64}$/),
        body: {
          text: '标题\n正文',
          complainant: { name: '测试', phone: expect.stringMatching(/^1380\d{7}$/) },
        },
      },
    ]);
  });

  test('passes the fields of a whole complaint on, also those that the intake must refuse', () => {
    const { messages } = readMessages(
      '{"id":"a","text":"t","business":{"name":"n"},"paidFen":-1,"colour":"red"}',
    );
    expect(messages[0]?.body).toMatchObject({
      text: 't',
      business: { name: 'n' },
      paidFen: -1,
      colour: 'red',
    });
  });

  test('counts what it cannot send, with the line', () => {
    const file = readMessages(
      [line(1), 'not json', '', '[1]', line(1), line(1, 'other'), '{"text":"no id"}'].join('\n'),
    );
    expect(file.messages.map((message) => message.line)).toEqual([1, 6]);
    expect(file).toMatchObject({ unreadable: [2, 4, 7], repeats: [5], sameId: [6] });
  });

  test('keeps lines together that hold line separators of Unicode', () => {
    expect(readMessages(line(1, 'a\u2028b')).messages).toHaveLength(1);
  });

  test('gives the same key to the same line and another to other content', () => {
    const key = (content: string, addressFor?: (id: string) => string) =>
      readMessages(content, addressFor && { addressFor }).messages[0]?.key;
    expect(key(line(1))).toBe(key(line(1)));
    expect(key(line(1))).not.toBe(key(line(1, 'other')));
    expect(key(line(1))).not.toBe(key(line(1), () => '宁波市海曙区高桥镇'));
  });

  test('gives addresses only to lines that have none, and stops at the limit', () => {
    const own = '{"id":1,"text":"t","business":{"address":"own"}}';
    const coded = '{"id":2,"text":"t","business":{"divisionCode":"330203100"}}';
    const { messages } = readMessages([own, coded, line(3), line(4)].join('\n'), {
      addressFor: (id) => `address of ${id}`,
      limit: 3,
    });
    expect(messages.map(({ body }) => body.business)).toEqual([
      { address: 'own' },
      { divisionCode: '330203100' },
      { address: 'address of 3' },
    ]);
  });
});

describe('sending', () => {
  let folder: string;
  let path: string;
  let intake: FakeIntake;
  const messages = readMessages(Array.from({ length: 60 }, (_, id) => line(id)).join('\n')).messages;
  const options = (patienceMs?: number) => {
    const web = webWay({ api: intake.api, patienceMs });
    return { wayOf: () => web, journal: openJournal(path), inFlight: 16 };
  };
  const send = ({ patienceMs, ...more }: { patienceMs?: number; rate?: number } = {}) =>
    sendMessages(messages, { ...options(patienceMs), ...more });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'replay-'));
    path = join(folder, 'journal', 'a.jsonl');
    intake = await startFakeIntake();
  });
  afterEach(async () => {
    await intake.stop();
    rmSync(folder, { recursive: true });
  });

  test('sends every line once, at most sixteen at a time', async () => {
    const { sent, before, answers, patience } = await send();
    expect({ sent, before }).toEqual({ sent: 60, before: 0 });
    expect(new Set(answers.map((answer) => 'number' in answer && answer.number)).size).toBe(60);
    expect(intake.arrivals).toHaveLength(60);
    expect(intake.busiest).toBeGreaterThan(4);
    expect(intake.busiest).toBeLessThanOrEqual(16);
    expect(patience).toEqual({ throttled: 0, faults: 0, unanswered: 0 });
  });

  test('sends nothing that the journal has an answer to', async () => {
    const first = await send();
    const again = await send();
    expect(again).toMatchObject({ sent: 0, before: 60 });
    expect(again.answers.map(({ key }) => key).toSorted()).toEqual(
      first.answers.map(({ key }) => key).toSorted(),
    );
    expect(intake.arrivals).toHaveLength(60);
  });

  test('goes on after a kill: a line in flight keeps its first number, a torn journal line is no answer', async () => {
    await send();
    const written = readFileSync(path, 'utf8').split('\n');
    // As if killed while the 41st answer was being written: 40 whole lines, and a piece of one.
    writeFileSync(path, `${written.slice(0, 40).join('\n')}\n${written[40]?.slice(0, 30)}`);
    const { sent, before, answers } = await send();
    expect({ sent, before }).toEqual({ sent: 20, before: 40 });
    expect(answers.filter(({ outcome }) => outcome === 'again')).toHaveLength(20);
    expect(intake.registered.size).toBe(60);
    // And the journal is whole again.
    expect(await send()).toMatchObject({ sent: 0, before: 60 });
  });

  test('waits out 429 as long as the server asks, and counts it', async () => {
    intake.misbehave = (arrival) =>
      arrival <= 20 ? { status: 429, headers: { 'retry-after': '0' } } : undefined;
    const { answers, patience } = await send();
    expect(patience.throttled).toBe(20);
    expect(answers).toHaveLength(60);
    expect(intake.registered.size).toBe(60);
  });

  test('sends again with the same key when an answer is lost', async () => {
    intake.misbehave = (arrival) => (arrival === 5 ? 'hang-up' : undefined);
    const { answers, patience } = await send();
    expect(patience.unanswered).toBe(1);
    expect(answers.filter(({ outcome }) => outcome === 'again')).toHaveLength(1);
    expect(intake.registered.size).toBe(60);
  });

  test('notes a refusal with its field, and does not send it again', async () => {
    const marked = readMessages(`${line(1, '<b>bold</b>')}\n${line(2)}`).messages;
    const two = { ...options(), inFlight: 2 };
    const { answers } = await sendMessages(marked, two);
    expect(answers).toContainEqual(
      expect.objectContaining({ line: 1, outcome: 'refused', status: 400, fields: ['/text'] }),
    );
    expect(await sendMessages(marked, two)).toMatchObject({ sent: 0, before: 2 });
  });

  test('leaves a line that meets a lasting fault to the next run', async () => {
    const [poison] = messages;
    intake.misbehave = () => (intake.arrivals.at(-1) === poison?.key ? { status: 500 } : undefined);
    const { answers, failed, patience } = await send({ patienceMs: 0 });
    expect(failed).toEqual([poison]);
    expect(answers).toHaveLength(59);
    expect(patience.faults).toBeGreaterThan(0);
    intake.misbehave = () => undefined;
    expect(await send()).toMatchObject({ sent: 1, before: 59, failed: [] });
  });

  test('says that the same command goes on when nobody answers', async () => {
    await intake.stop();
    await expect(send({ patienceMs: 50 })).rejects.toThrow('Run the same command again');
    intake = await startFakeIntake();
  });

  test('keeps to the rate', async () => {
    const start = Date.now();
    await sendMessages(messages.slice(0, 11), { ...options(), rate: 50 });
    expect(Date.now() - start).toBeGreaterThanOrEqual(190);
  });

  test('reads a journal past lines that are not its own', () => {
    openJournal(path);
    appendFileSync(path, '{"key":"x"}\nnot json\n');
    const journal = openJournal(path);
    journal.append({ key: 'k', id: '1', line: 1, outcome: 'registered', number: 'n', secret: 's' });
    expect(openJournal(path).get('k')).toMatchObject({ number: 'n', secret: 's' });
    expect(openJournal(path).get('x')).toBeUndefined();
  });
});

describe('waiting for the triage', () => {
  const event = (type: string, role = 'system') => ({ type, actor: { role, id: 'x' } }) as CaseEvent;

  test('looks again only at those that wait, and names what is lost', async () => {
    const looks: string[] = [];
    const historyOf = async (number: string) => {
      looks.push(number);
      const seen = looks.filter((look) => look === number).length;
      const registered = [event('registered', 'consumer')];
      if (number === 'unknown') return [];
      if (number === 'stuck') return registered;
      return seen > (number === 'slow' ? 1 : 0) ? [...registered, event('referred')] : registered;
    };
    const { histories, missing, waiting } = await waitForTriage(
      ['quick', 'slow', 'stuck', 'unknown'],
      historyOf,
      {
        waitMs: 60,
        pauseMs: 10,
      },
    );
    expect([...histories.keys()]).toEqual(['quick', 'slow']);
    expect({ missing, waiting }).toEqual({ missing: ['unknown'], waiting: ['stuck'] });
    expect(looks.filter((look) => look === 'quick')).toHaveLength(1);
    expect(looks.filter((look) => look === 'slow')).toHaveLength(2);
  });
});

test('endings are the same for the same line; about one in five has no agreement', () => {
  const endings = Array.from({ length: 1_000 }, (_, index) => seededEnding(`key ${index}`));
  const terminated = endings.filter(({ action }) => action === 'terminate').length;
  expect(terminated).toBeGreaterThan(150);
  expect(terminated).toBeLessThan(250);
  expect(endings).toEqual(Array.from({ length: 1_000 }, (_, index) => seededEnding(`key ${index}`)));
});

test('percentiles by nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([percentile(values, 50), percentile(values, 95), percentile([], 50)]).toEqual([50, 95, null]);
});
