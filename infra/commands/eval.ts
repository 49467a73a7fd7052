import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandFailure, runCommand, WrongUsage } from './command-line.ts';
import type { Report, Table } from './eval/task.ts';
import { TASKS } from './eval/tasks.ts';
import { startProgress } from './progress.ts';
import { readRows } from './read-lines.ts';

const names = Object.keys(TASKS).join(' | ');

await runCommand(
  {
    usage: 'npm run eval -- TASK FILE [--train FILE…] [--county CODE] [--json] [--errors FILE]',
    zh: `在带标注的文件上衡量系统的理解能力，不联网。TASK：${names}。最后一行是 JSON，键的含义见 docs/understanding.md。`,
    en: `Measures the understanding on a labelled file, without the network. TASK: ${names}. The last line is JSON; docs/understanding.md explains its keys.`,
    positionals: 2,
    // Files after the first one of --train.
    optional: 100,
    options: {
      train: {
        type: 'string',
        value: 'FILE…',
        multiple: true,
        zh: '训练文件，可多个',
        en: 'files to train on, one or more',
      },
      county: {
        type: 'string',
        value: 'CODE',
        zh: 'stations：文件所属区县的六位代码；不给则从文本中判断',
        en: 'stations: six-digit code of the county of the file; else it is found in the texts',
      },
      json: { type: 'boolean', zh: '只输出 JSON 行', en: 'print the JSON line only' },
      errors: {
        type: 'string',
        value: 'FILE',
        zh: '把最严重的错误写入文件',
        en: 'write the worst mistakes to a file (JSONL)',
      },
    },
  },
  async (options, [name = '', file = '', ...more]) => {
    const task = TASKS[name];
    if (task === undefined) throw new WrongUsage(`没有这项任务 / No such task: ${name}; ${names}`);
    const lines = readRows(file);
    if (lines.length === 0) throw new CommandFailure(`文件是空的 / The file is empty: ${file}`);
    const report = task.run({
      lines,
      train: [...(options.train ?? []), ...more].map(readRows),
      county: options.county,
      startProgress,
    });
    if (!options.json) process.stdout.write(describe(report));
    const errors = options.errors ?? `.local/eval/${name}-errors.jsonl`;
    writeErrors(errors, report);
    process.stdout.write(`${JSON.stringify({ task: name, n: lines.length, ...report.figures })}\n`);
    return 0;
  },
);

function writeErrors(file: string, { mistakes }: Report): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, mistakes.map((mistake) => `${JSON.stringify(mistake)}\n`).join(''));
  process.stderr.write(`错误 / mistakes: ${mistakes.length} → ${file}\n`);
}

function describe({ tables }: Report): string {
  return tables.map(drawTable).join('\n');
}

/** A table with columns as wide as their widest cell; a Chinese character takes two places. */
function drawTable({ title, head, rows }: Table): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))));
  const lines = cells.map((row) =>
    row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  '),
  );
  return `${title}\n${lines.join('\n')}\n`;
}

function width(text: string): number {
  return text.length + (text.match(/[\u2e80-\uffff]/g)?.length ?? 0);
}
