import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { sourceOf, wordsAt } from '../../shared/understanding/source.ts';
import { createJudges, type Understanding, understand } from '../../shared/understanding/understand.ts';
import { CommandFailure, runCommand, WrongUsage } from './command-line.ts';
import { trainCategory } from './eval/category.ts';
import { gazetteer } from './knowledge.ts';
import { startProgress } from './progress.ts';
import { readLines } from './read-lines.ts';

await runCommand(
  {
    usage: 'npm run understand -- FILE.jsonl --out FILE.jsonl [--home CODE] [--train FILE… --taxonomy NAME]',
    zh: '逐行理解消息 {id, time?, title?, text, channel?},每行输出一个 JSON;金额以元为单位,没有的为 null。给出 --train 时另用训练好的分类体系给出 category。',
    en: 'Understands messages, one a line {id, time?, title?, text, channel?}, and writes one JSON line each; sums in yuan, null where there is nothing. With --train it also gives the category of the trained taxonomy.',
    positionals: 1,
    // Files after the first one of --train.
    optional: 100,
    options: {
      out: { type: 'string', value: 'FILE', zh: '输出文件', en: 'where the lines go' },
      home: {
        type: 'string',
        value: 'CODE',
        zh: '本局辖区的行政区划代码',
        en: 'division code of the bureau’s own area',
      },
      train: {
        type: 'string',
        value: 'FILE…',
        multiple: true,
        zh: '训练文件',
        en: 'labelled files of a taxonomy',
      },
      taxonomy: { type: 'string', value: 'NAME', zh: '分类体系的名称', en: 'name of the trained taxonomy' },
    },
  },
  async (options, [file = '', ...more]) => {
    if (options.out === undefined) throw new WrongUsage('请给出 --out FILE / Please give --out FILE');
    if (options.taxonomy !== undefined && options.train === undefined) {
      throw new WrongUsage('--taxonomy 要和 --train 一起用 / --taxonomy goes with --train');
    }
    const messages = readLines(file).map(messageOf);
    const training = [...(options.train ?? []), ...more].map(readLines);
    const out = opened(options.out);
    const categoryOf = training.length === 0 ? undefined : trainCategory(training, startProgress);
    const knowledge = { gazetteer: gazetteer(), home: options.home, judges: createJudges() };
    const progress = startProgress('理解 / understanding', messages.length);
    for (const message of messages) {
      const category = categoryOf?.(message);
      const answer = {
        ...lineOf(message, understand(message, knowledge)),
        ...(category === undefined ? {} : { category: category.label, taxonomy: options.taxonomy ?? null }),
      };
      writeSync(out, `${JSON.stringify(answer)}\n`);
      progress.advance();
    }
    closeSync(out);
    progress.stop();
    return 0;
  },
);

type Message = ReturnType<typeof messageOf>;

function messageOf({ id, time, title, text, channel }: Record<string, unknown>, index: number) {
  if (typeof text !== 'string') {
    const which = id === undefined ? `#${index + 1}` : JSON.stringify(id);
    throw new CommandFailure(`没有 text / has no text: ${which}`);
  }
  return {
    id,
    text,
    title: typeof title === 'string' ? title : undefined,
    channel: typeof channel === 'string' ? channel : undefined,
    receivedOn: dayOf(time),
  };
}

/** Nothing is read before it is certain that there is a place for the answers. */
function opened(file: string): number {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return openSync(file, 'w');
  } catch (error) {
    throw new CommandFailure(`写不了 / Cannot write ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** `2019-03-20 15:40:48`, `2019/3/20`, ISO: the day; undefined for anything else. */
function dayOf(time: unknown): string | undefined {
  const {
    year,
    month = '',
    day = '',
  } = /^\s*(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})/.exec(String(time))?.groups ?? {};
  return year === undefined ? undefined : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function lineOf(message: Message, understood: Understanding) {
  const source = sourceOf(message);
  const { kind, problem, subject, respondent, place, division, paid, claimed, scope } = understood;
  const yuan = (fen: number | undefined) => (fen === undefined ? null : fen / 100);
  const sure = { kind, problem, subject, respondent, place, division, paid, claimed, scope };
  return {
    id: message.id ?? null,
    kind: kind.value,
    concerns: understood.concerns,
    problem: problem?.value ?? null,
    subject: subject?.value ?? null,
    respondent: respondent?.value ?? null,
    place: place?.value ?? null,
    division: {
      code: division?.code ?? null,
      level: division?.level ?? null,
      candidates: division?.candidates ?? [],
    },
    paid_yuan: yuan(paid?.value),
    claimed_yuan: yuan(claimed?.value),
    amounts: understood.amounts.map(({ span, yuan: sum }) => ({ s: wordsAt(source, span), yuan: sum })),
    purchased_on: understood.purchasedOn?.value ?? null,
    occurred_on: understood.occurredOn?.value ?? null,
    requests: understood.requests.map(({ value }) => value),
    scope: scope.value,
    authorities: scope.value === 'yes' ? [] : scope.authorities.map(({ zh }) => zh),
    urgency: understood.urgency.map(({ value }) => value),
    missing: understood.missing,
    confidence: Object.fromEntries(
      Object.entries(sure).flatMap(([name, field]) =>
        field === undefined ? [] : [[name, Math.round(field.confidence * 1000) / 1000]],
      ),
    ),
    questions: understood.questions.map(({ zh }) => zh),
  };
}
