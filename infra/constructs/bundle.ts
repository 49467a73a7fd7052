import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { FunctionName } from '../../shared/config.ts';
import { FONT_FILES, FONT_LICENCES } from '../../shared/forms/font-files.ts';
import { NATIONAL_LIST } from '../../shared/register-files/national-list.ts';
import { GAZETTEER_FILE } from '../../shared/understanding/places/gazetteer.ts';
import { gazetteerBytes } from '../commands/build-gazetteer/gazetteer-bytes.ts';

const root = resolve(import.meta.dirname, '../..');

interface Size {
  /** The most that its module may have. */
  bytes: number;
  /** It reads places: the gazetteer lies beside its module. */
  gazetteer?: true;
  /** Files of packages that it reads at run time: they lie beside its module in `node_modules`. */
  files: readonly string[];
}

const USUAL: Size = { bytes: 500_000, files: [] };
// The libraries that write PDF and DOCX, and the fonts.
const FORMS: Size = { bytes: 2_000_000, files: [...FONT_FILES, ...FONT_LICENCES] };
// The weights and words of the understanding.
const READER: Size = { bytes: 2_500_000, files: [], gazetteer: true };
const DESK: Size = { bytes: 600_000, files: [] };
// And lists, searches, orders on many cases, the load of officers.
const WHOLE_DESK: Size = { bytes: 725_000, files: [] };
// Two more clients of the SDK: SMS and e-mail.
const SENDERS: Size = { bytes: 670_000, files: [] };
// One more client of the SDK: files.
const FILES: Size = { bytes: 705_000, files: [] };
const UNUSUAL: Partial<Record<string, Size>> = {
  // Every action of the desk, with the words of its life cycle, of what was understood, of incidents and partners.
  'desk-api': WHOLE_DESK,
  'informer-api': DESK,
  // A code is sent by SMS.
  'prove-phone': { bytes: 510_000, files: [] },
  // Who will have the case: the answer says it, by the rules of routing.
  'submit-complaint': { bytes: 535_000, files: [] },
  // The services, the endpoint and the steps of a case.
  open311: { bytes: 600_000, files: [] },
  // The steps of a case with their words.
  'take-consumer-step': { bytes: 550_000, files: [] },
  'partner-api': { bytes: 550_000, files: [] },
  'watch-deadlines': { bytes: 550_000, files: [] },
  // The catalogue of figures, the words of alarms and warnings, orders of reports; clients for files and queues.
  'figures-api': { bytes: 850_000, files: [] },
  // Tables and workbooks are read, checked and written, by the national list of townships.
  'administrator-api': { bytes: 750_000, files: NATIONAL_LIST },
  // One more client of the SDK: metrics.
  'health-api': { bytes: 600_000, files: [] },
  'detect-warnings': { bytes: 550_000, files: [] },
  'triage-case': READER,
  'enter-cases': READER,
  'preview-complaint': READER,
  evidence: FILES,
  'check-evidence': FILES,
  'erase-expired': { bytes: 710_000, files: [] },
  // The understanding, and a client for the files of calls.
  'read-transcript': { ...READER, bytes: 2_750_000 },
  // The understanding, and clients for SMS and e-mail.
  'answer-text': { ...READER, bytes: 2_650_000 },
  'send-text-replies': SENDERS,
  'send-notices': SENDERS,
  'send-informer-notices': SENDERS,
  'draft-forms': FORMS,
  // Forms, the charts of Word documents, and a client for files.
  'compose-report': { ...FORMS, bytes: 2_400_000 },
  'draft-informer-forms': FORMS,
};

/** What a function's bundle may hold: small bundles start fast. */
export function sizeOf(name: string): Size {
  return UNUSUAL[name] ?? USUAL;
}

/**
 * Bundles a function into one minified module and returns its folder. One esbuild call in this process is
 * some ten times faster than NodejsFunction, which starts npx for each function.
 */
export function bundleFunction(name: FunctionName): string {
  const folder = resolve(root, '.build/functions', name);
  mkdirSync(folder, { recursive: true });
  copyFiles(sizeOf(name).files, resolve(folder, 'node_modules'));
  if (sizeOf(name).gazetteer === true) writeFileSync(resolve(folder, GAZETTEER_FILE), gazetteerBytes());
  buildSync({
    absWorkingDir: root,
    entryPoints: [`functions/${name}/handler.ts`],
    outfile: `${folder}/index.mjs`,
    bundle: true,
    minify: true,
    // Without names an error's frames say nothing.
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The SDK's CommonJS builds cannot be shaken: with them every bundle is 200 KB larger.
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './infra/constructs/lambda-credentials.ts' },
    // What is left of CommonJS in dependencies asks for `require`, and pdfmake for `__dirname`.
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url),__dirname=import.meta.dirname;",
    },
    logLevel: 'error',
  });
  return folder;
}

function copyFiles(files: readonly string[], folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const { resolve: find } = createRequire(import.meta.url);
  for (const file of files) cpSync(find(file), resolve(folder, file));
}
