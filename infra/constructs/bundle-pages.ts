import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** Bundles the scripts of the pages, copies what is static, and returns the folder to serve. */
export function bundlePages(): string {
  const folder = resolve(root, '.build/pages');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(resolve(root, 'web/static'), folder, { recursive: true });
  cpSync(resolve(root, 'docs/openapi.json'), resolve(folder, 'openapi.json'));
  buildSync({
    absWorkingDir: root,
    entryPoints: [
      'web/file-and-track.ts',
      'web/desk.ts',
      'web/manager.ts',
      'web/figures.ts',
      'web/open-data.ts',
      'web/partner.ts',
    ],
    outdir: folder,
    bundle: true,
    minify: true,
    target: 'es2020',
    format: 'esm',
    charset: 'utf8',
    logLevel: 'error',
  });
  return folder;
}
