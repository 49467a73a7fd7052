import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { accessMarkdown } from '../docs/access.ts';
import { apiClientTypes } from '../docs/api-client.ts';
import { indicatorsMarkdown } from '../docs/indicators.ts';
import { lifeCycleMarkdown, mainWayDiagram } from '../docs/life-cycle.ts';
import { openApiDocument } from '../docs/openapi.ts';

const HELP = `npm run docs [-- --check]

Writes what is generated in the documentation: docs/openapi.json, docs/life-cycle.md, docs/access.md,
docs/indicators.md, the main way of a complaint in both READMEs, and the pages' types of the API,
web/api/operations.ts.
  --check   writes nothing; exit code 1 if a file is not up to date
`;

const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const root = resolve(import.meta.dirname, '../..');
/** A document with the part between its two life-cycle marks drawn anew. */
function withLifeCycle(file: string): string {
  const text = readFileSync(resolve(root, file), 'utf8');
  const marked = /(<!-- life-cycle -->)[\s\S]*(<!-- \/life-cycle -->)/;
  return text.replace(marked, `$1\n\n${mainWayDiagram()}\n\n$2`);
}

function page(title: string, source: string, content: string): string {
  return `# ${title}\n\nGenerated from \`${source}\` by \`npm run docs\`; do not edit.\n\n${content}`;
}

const openApi = openApiDocument();
const generated = {
  'README.md': withLifeCycle('README.md'),
  'docs/README.zh-CN.md': withLifeCycle('docs/README.zh-CN.md'),
  'docs/openapi.json': `${JSON.stringify(openApi, undefined, 2)}\n`,
  'web/api/operations.ts': apiClientTypes(openApi),
  'docs/life-cycle.md': page('Life cycles', 'shared/case/life-cycle', lifeCycleMarkdown()),
  'docs/indicators.md': page('Indicators', 'shared/statistics/indicators.ts', indicatorsMarkdown()),
  'docs/access.md': page('Who may do what', 'shared/people/access.ts', accessMarkdown()),
};

for (const [file, content] of Object.entries(generated)) {
  const path = resolve(root, file);
  const current = existsSync(path) && readFileSync(path, 'utf8') === content;
  if (values.check && !current) {
    console.error(`${file} 已过期，请运行 npm run docs / ${file} is not up to date: run npm run docs`);
    process.exitCode = 1;
  }
  if (!values.check && !current) {
    writeFileSync(path, content);
    console.log(`wrote ${file}`);
  }
}
