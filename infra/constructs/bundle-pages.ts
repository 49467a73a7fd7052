import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

interface Page {
  /** Its path: `/desk` is `desk.html`; `index` is `/`. */
  path: string;
  /** Folder in web/ and name of the script and the style sheet in it. */
  folder: string;
  title: string;
  /** Whoever opens it came by a link that is a key: it goes into no search engine and to no other site. */
  isSecret?: true;
}

const PAGES: readonly Page[] = [
  { path: 'index', folder: 'consumer', title: '12315 消费投诉' },
  { path: 'partner', folder: 'partner', title: '先行和解 · 12315 消费投诉', isSecret: true },
  { path: 'desk', folder: 'desk', title: '工作台 · 12315 消费投诉' },
  { path: 'manager', folder: 'manager', title: '管理看板 · 12315 消费投诉' },
  { path: 'figures', folder: 'figures', title: '统计公示 · 12315 消费投诉' },
  { path: 'open-data', folder: 'open-data', title: '开放数据 · 12315 消费投诉' },
];

/** Bundles scripts and styles of the pages, copies what is static, and returns the folder to serve. */
export function bundlePages(): string {
  const folder = resolve(root, '.build/pages');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(resolve(root, 'web/static'), folder, { recursive: true });
  cpSync(resolve(root, 'docs/openapi.json'), resolve(folder, 'openapi.json'));
  buildSync({
    absWorkingDir: root,
    entryPoints: PAGES.flatMap(({ folder: page }) => [
      { in: `web/${page}/${page}.ts`, out: page },
      { in: `web/${page}/${page}.css`, out: page },
    ]),
    outdir: folder,
    bundle: true,
    minify: true,
    target: 'es2020',
    format: 'esm',
    charset: 'utf8',
    logLevel: 'error',
  });
  for (const page of PAGES) writeFileSync(resolve(folder, `${page.path}.html`), htmlOf(page));
  return folder;
}

function htmlOf({ folder, title, isSecret }: Page): string {
  const secrecy = `
    <meta name="robots" content="noindex" />
    <meta name="referrer" content="no-referrer" />`;
  return `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="format-detection" content="telephone=no" />${isSecret ? secrecy : ''}
    <title>${title}</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/${folder}.css" />
    <script type="module" src="/${folder}.js"></script>
  </head>
  <body>
    <noscript>
      <p>请打开浏览器的 JavaScript，或者拨打 12315。</p>
      <p lang="en">Please switch on JavaScript, or call 12315.</p>
    </noscript>
  </body>
</html>
`;
}
