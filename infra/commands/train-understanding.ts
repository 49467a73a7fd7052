import { readFileSync } from 'node:fs';
import { shanghaiDate } from '../../shared/dates.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbModelStore, formerOf, type ModelStore } from '../../shared/store/model-store.ts';
import {
  type BureauModel,
  decodeBureauModel,
  encodeBureauModel,
  LEARNT,
  weightsOf,
} from '../../shared/understanding/learning/bureau-model.ts';
import { readTaxonomy, trainOwnClasses } from '../../shared/understanding/learning/own-classes.ts';
import {
  type CaseExample,
  exampleOf,
  type Review,
  review,
  splitLast,
  trainBureauModel,
} from '../../shared/understanding/learning/train-bureau.ts';
import { CommandFailure, runCommand, WrongUsage, wholeNumber } from './command-line.ts';
import { ENDPOINTS_OPTION, tablesOf } from './connection.ts';
import { labelledExampleOf } from './eval/learned.ts';
import { countEvents, startProgress } from './progress.ts';
import { readLines } from './read-lines.ts';
import { describeModels, describeReview } from './train-understanding/describe.ts';

const ACTIONS = ['train', 'review', 'publish', 'take-back', 'list'] as const;
const table = (zh: string, en: string) => ({ type: 'string', value: 'NAME', zh, en }) as const;

await runCommand(
  {
    usage:
      'npm run train-understanding -- train [--last N] [--taxonomy FILE --examples FILE]  |  review VERSION  |  publish VERSION --by ID [--even-if-worse]  |  take-back --by ID  |  list',
    zh: '从本局办结的案件和人工更正中学习性质、问题、类别和管辖的判断。train 训练并检验一个草稿，不上线；publish 再次检验后上线；take-back 退回上一个版本；五分钟内生效。模型里只有权重，没有案件的文字。退出码：0 完成，1 没有变好而未上线或者失败。',
    en: 'Learns from the bureau’s closed cases and corrections how to judge kind, problem, goods or service, and scope. train makes and reviews a draft, nothing goes live; publish reviews again and puts it live; take-back returns to the version before; in effect within five minutes. A model holds weights, no words of a case. Exit code: 0 done, 1 not published for being no better, or failed.',
    positionals: 1,
    optional: 1,
    options: {
      bureau: { type: 'string', value: 'CODE', default: '330200', zh: '市局代码', en: 'code of the bureau' },
      last: {
        type: 'string',
        value: 'N',
        default: '200',
        zh: '留作检验的最近案件数，最多五分之一',
        en: 'latest cases kept back for the review, a fifth of all at the most',
      },
      taxonomy: {
        type: 'string',
        value: 'FILE',
        zh: '本局自己的分类：CSV 或 JSON，列 code, zh, en',
        en: 'the bureau’s own classes: CSV or JSON with code, zh, en',
      },
      examples: {
        type: 'string',
        value: 'FILE',
        zh: '已分类的消息，每行 {text, label}，label 为代码',
        en: 'labelled messages, one a line {text, label}; a label is a code',
      },
      by: { type: 'string', value: 'ID', zh: '谁决定上线或退回', en: 'who decides; kept on record' },
      'even-if-worse': {
        type: 'boolean',
        zh: '检验没有变好也上线',
        en: 'publish although the review does not speak for it',
      },
      json: { type: 'boolean', zh: '以 JSON 输出', en: 'print JSON' },
      'cases-table': table('已部署系统的案件表', 'a deployed system’s cases table; give both'),
      'registry-table': table('登记表', 'its register; credentials and region come from the environment'),
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options, [action = '', typed]) => {
    if (!ACTIONS.some((known) => known === action)) {
      throw new WrongUsage(`没有这个动作 / No such action: ${action}; ${ACTIONS.join(' | ')}`);
    }
    const { by, bureau } = options;
    if ((action === 'publish' || action === 'take-back') && by === undefined) {
      throw new WrongUsage('请用 --by 说明谁决定的 / Say by --by who decides');
    }
    const version = typed === undefined ? undefined : wholeNumber(typed, 'VERSION', 1);
    if ((version !== undefined) !== (action === 'review' || action === 'publish')) {
      throw new WrongUsage(
        'review 和 publish 要给出版本 / review and publish, and only these, take a VERSION',
      );
    }
    const last = wholeNumber(options.last, '--last', 1);
    const tables = tablesOf(
      ['cases', 'registry'],
      { cases: options['cases-table'], registry: options['registry-table'] },
      options.endpoints,
    );
    const client = createDocumentClient();
    const models = createDynamoDbModelStore(client, tables.registry, bureau);
    const examples = () =>
      examplesOf(createDynamoDbCaseStore(client, { cases: tables.cases }).allCases(), bureau);
    const print = (value: unknown, lines: readonly string[]) =>
      process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`);

    switch (action) {
      case 'train': {
        const own = ownOf(options.taxonomy, options.examples);
        const { model, found } = await train(await examples(), own, last, bureau, models);
        const { version: made, cases, corrections } = model;
        print({ version: made, cases, corrections, review: found }, [
          `草稿 / draft ${made}: ${cases} 件 / cases, ${corrections} 处更正 / corrections`,
          ...describeReview(found),
        ]);
        return 0;
      }
      case 'review':
      case 'publish': {
        const model = await read(models, version ?? 0);
        const live = await models.live();
        const found = reviewOf(model, await liveModel(models, live), await examples(), last);
        print({ version, live, review: found }, describeReview(found));
        if (action === 'review') return 0;
        if (found.verdict !== 'better' && !options['even-if-worse']) {
          throw new CommandFailure(
            '没有上线；确要上线请加 --even-if-worse / Not published; --even-if-worse publishes it all the same',
          );
        }
        await move(models, {
          action,
          from: live,
          to: model.version,
          by: by ?? '',
          verdict: found.verdict,
        });
        return 0;
      }
      case 'take-back': {
        const live = await models.live();
        if (live === 0) {
          throw new CommandFailure(
            '现用的就是内置知识 / The built-in knowledge is live: nothing to take back',
          );
        }
        await move(models, { action, from: live, to: await formerOf(models, live), by: by ?? '' });
        return 0;
      }
      default: {
        const [live, versions, moves] = [await models.live(), await models.versions(), await models.moves()];
        print({ live, versions, moves }, describeModels(live, versions, moves));
        return 0;
      }
    }
  },
);

/** Reads every case once; of each only facts and figures are kept. */
async function examplesOf(cases: AsyncIterable<Parameters<typeof exampleOf>[0]>, bureau: string) {
  const reading = countEvents('读取案件 / reading cases');
  const examples: CaseExample[] = [];
  for await (const found of cases) {
    reading.advance();
    const example = found.unitPath[0] === bureau ? exampleOf(found) : undefined;
    if (example !== undefined) examples.push(example);
  }
  reading.stop();
  return examples;
}

async function train(
  examples: readonly CaseExample[],
  own: ReturnType<typeof ownOf>,
  last: number,
  bureau: string,
  models: ModelStore,
) {
  if (examples.length === 0 && own === undefined) {
    throw new CommandFailure(
      '还没有办结或者更正过的案件 / There is no closed or corrected case to learn from yet',
    );
  }
  const { learnt, kept } = splitLast(examples, last);
  const version = ((await models.versions()).at(-1)?.version ?? 0) + 1;
  const progress = startProgress('训练 / training', LEARNT.length);
  const live = await models.live();
  const before = await liveModel(models, live);
  const model: BureauModel = {
    ...trainBureauModel(learnt, { bureau, version, on: shanghaiDate(new Date()) }, progress.advance),
    // Without new examples the classes stay as they are.
    category:
      own === undefined ? before?.category : trainOwnClasses(own.classes, own.examples, before?.category),
  };
  progress.stop();
  const { trainedOn, cases, corrections } = model;
  if (!(await models.add({ version, trainedOn, cases, corrections }, encodeBureauModel(model)))) {
    throw new CommandFailure(
      '另有人刚训练了一个版本，请重试 / Somebody else has just trained one: try again',
    );
  }
  const found = review(weightsBefore(before), weightsOf(model).weights, kept, own && model.category);
  return { model, found };
}

/** A review on cases that came after those it learnt from, against what is live now. */
function reviewOf(
  model: BureauModel,
  before: BureauModel | undefined,
  examples: readonly CaseExample[],
  last: number,
): Review {
  const { weights, outdated } = weightsOf(model);
  if (outdated.length > 0) {
    throw new CommandFailure(
      `内置知识已更新，请重新训练 / The built-in knowledge has changed, train again: ${outdated.join(', ')}`,
    );
  }
  const later = examples.filter(({ receivedAt }) => receivedAt > model.learntUntil);
  const kept = later.toSorted((one, other) => (one.receivedAt < other.receivedAt ? -1 : 1)).slice(-last);
  const isNew = model.category?.model !== before?.category?.model;
  return review(weightsBefore(before), weights, kept, isNew ? model.category : undefined);
}

function weightsBefore(before: BureauModel | undefined) {
  return before === undefined ? {} : weightsOf(before).weights;
}

/** The bureau's own classes with their examples, if they are given. */
function ownOf(taxonomy: string | undefined, examples: string | undefined) {
  if (taxonomy === undefined && examples === undefined) return undefined;
  if (taxonomy === undefined || examples === undefined) {
    throw new WrongUsage('两个文件要一起给出 / Give both --taxonomy and --examples');
  }
  try {
    return {
      classes: readTaxonomy(readFileSync(taxonomy, 'utf8')),
      examples: readLines(examples).map(labelledExampleOf),
    };
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`${taxonomy} 读不懂 / cannot be read: ${(error as Error).message}`);
  }
}

async function read(models: ModelStore, version: number): Promise<BureauModel> {
  const bytes = await models.read(version);
  if (bytes === undefined) throw new CommandFailure(`没有这个版本 / There is no version ${version}`);
  return decodeBureauModel(bytes);
}

async function liveModel(models: ModelStore, live: number): Promise<BureauModel | undefined> {
  return live === 0 ? undefined : read(models, live);
}

async function move(models: ModelStore, moved: Omit<Parameters<ModelStore['move']>[0], 'at'>): Promise<void> {
  if (!(await models.move({ ...moved, at: new Date().toISOString() }))) {
    throw new CommandFailure('另有人刚换了版本，请重试 / Somebody else has just moved it: try again');
  }
  const to = moved.to === 0 ? '内置知识 / the built-in knowledge' : `版本 / version ${moved.to}`;
  process.stderr.write(`现用 / live: ${to}，五分钟内生效 / in effect within five minutes\n`);
}
