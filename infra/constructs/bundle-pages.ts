import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

export interface Page {
  /** Its path: `/desk` is `desk.html`; `index` is `/`. */
  path: string;
  /** Folder in web/ and name of the script and the style sheet in it. */
  folder: string;
  title: string;
  /** Whoever opens it came by a link that is a key: it goes into no search engine and to no other site. */
  isSecret?: true;
  /** It can be put on a phone's home screen and opens without a network. */
  isApp?: true;
}

/** Every page that is deployed. */
export const PAGES: readonly Page[] = [
  { path: 'index', folder: 'consumer', title: '12315 消费投诉', isApp: true },
  { path: 'partner', folder: 'partner', title: '先行和解 · 12315 消费投诉', isSecret: true },
  { path: 'desk', folder: 'desk', title: '工作台 · 12315 消费投诉' },
  { path: 'manager', folder: 'manager', title: '管理看板 · 12315 消费投诉' },
  { path: 'administrator', folder: 'administrator', title: '系统管理 · 12315 消费投诉' },
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
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: PAGES.flatMap(({ folder: page }) => [
      { in: `web/${page}/${page}.ts`, out: page },
      { in: `web/${page}/${page}.css`, out: page },
    ]),
    outdir: folder,
    chunkNames: 'parts/[name]-[hash]',
    // What is not needed at first is fetched when it is.
    splitting: true,
    metafile: true,
    ...SCRIPTS,
  });
  for (const page of PAGES)
    writeFileSync(resolve(folder, `${page.path}.html`), htmlOf(page, partsOf(page.folder, metafile)));
  bundleServiceWorker(folder, shellOf(metafile));
  return folder;
}

const SCRIPTS = {
  bundle: true,
  minify: true,
  target: 'es2020',
  format: 'esm',
  charset: 'utf8',
  logLevel: 'error',
} as const;

const pathOf = (output: string) => output.replace(/^.*?\.build\/pages\//, '/');

/** The scripts that a page's own script imports, at once or later. */
function importsOf(page: string, { outputs }: Metafile, isWanted: (kind: string) => boolean): string[] {
  const reached = new Set(Object.keys(outputs).filter((output) => pathOf(output) === `/${page}.js`));
  // A set grows while it is gone through.
  for (const output of reached) {
    const imported = outputs[output]?.imports ?? [];
    for (const { path } of imported.filter(({ kind }) => isWanted(kind))) reached.add(path);
  }
  return [...reached].map(pathOf);
}

/** What a page needs at once beside its own script: named in its head, so that a slow phone asks for all of it together. */
const partsOf = (page: string, built: Metafile) =>
  importsOf(page, built, (kind) => kind === 'import-statement').slice(1);

/** Everything that the consumer's page is made of, with what it fetches later: what a phone keeps of it. */
const shellOf = (built: Metafile) => [
  '/',
  '/consumer.css',
  '/favicon.svg',
  ...APP_FILES,
  ...importsOf('consumer', built, () => true),
];

const APP_FILES = ['/consumer.webmanifest', '/icon-192.png'] as const;

/** Another shell gets another name, so that phones notice that there is a new one. */
function bundleServiceWorker(folder: string, files: readonly string[]): void {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(readFileSync(resolve(folder, `.${file === '/' ? '/index.html' : file}`)));
  buildSync({
    absWorkingDir: root,
    entryPoints: ['web/consumer/service-worker.ts'],
    outfile: resolve(folder, 'service-worker.js'),
    define: {
      SHELL_FILES: JSON.stringify(files),
      SHELL_NAME: JSON.stringify(`shell-${hash.digest('hex').slice(0, 16)}`),
    },
    ...SCRIPTS,
  });
}

/** The document of a page: a head, and a script that fills the rest. */
export function htmlOf(
  { folder, title, isSecret, isApp }: Omit<Page, 'path'>,
  parts: readonly string[] = [],
): string {
  const secrecy = `
    <meta name="robots" content="noindex" />
    <meta name="referrer" content="no-referrer" />`;
  const app = `
    <meta name="theme-color" content="#0b3a66" />
    <link rel="manifest" href="/consumer.webmanifest" />
    <link rel="apple-touch-icon" href="/icon-192.png" />`;
  return `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="format-detection" content="telephone=no" />${isSecret ? secrecy : ''}${isApp ? app : ''}
    <title>${title}</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/${folder}.css" />
    <script type="module" src="/${folder}.js"></script>${parts.map((part) => `\n    <link rel="modulepreload" href="${part}" />`).join('')}
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
