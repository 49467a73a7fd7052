import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runCommand } from './command-line.ts';
import { fitJudges } from './eval/fit-judges.ts';
import { labelledOf } from './eval/labelled.ts';
import { readLines } from './read-lines.ts';

const folder = resolve(import.meta.dirname, '../../shared/understanding/classify/weights');

await runCommand(
  {
    usage: 'npm run fit-weights -- FILE…',
    zh: '用带标注的消息重新拟合性质、问题、商品服务类别和管辖的权重，写入 shared/understanding/classify/weights。消息本身不会写入仓库。',
    en: 'Fits the weights of kind, problem, subject and scope to labelled messages and writes them to shared/understanding/classify/weights. No message is written to the repository.',
    positionals: 1,
    optional: 100,
    options: {
      texts: {
        type: 'string',
        value: 'FILE',
        zh: '只有编号和标注的行，从这个文件按编号取原文',
        en: 'lines that have only id and gold take title and text from here, by id',
      },
    },
  },
  async (options, files) => {
    const texts = new Map(
      options.texts === undefined ? [] : readLines(options.texts).map((line) => [line.id, line]),
    );
    const messages = files.flatMap(readLines).map((line) => labelledOf({ ...texts.get(line.id), ...line }));
    for (const [judged, weights] of Object.entries(fitJudges(messages))) {
      const rows = Object.entries(weights.weights).map(
        ([fact, row]) => `    ${JSON.stringify(fact)}: ${JSON.stringify(row)}`,
      );
      const head = `  "labels": ${JSON.stringify(weights.labels)},\n  "temperature": ${weights.temperature},`;
      writeFileSync(`${folder}/${judged}.json`, `{\n${head}\n  "weights": {\n${rows.join(',\n')}\n  }\n}\n`);
      process.stdout.write(`${judged}: ${rows.length}\n`);
    }
    return 0;
  },
);
