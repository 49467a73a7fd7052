import type * as z from 'zod';
import type { registerBack, registerFileQuery, registerLoad } from '../../events/administration.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { takeBack } from '../../shared/jurisdiction/rule-proposal.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { Finding } from '../../shared/register-files/check.ts';
import { checkRegistry } from '../../shared/register-files/check-registry.ts';
import { SHEETS } from '../../shared/register-files/columns.ts';
import { compareRegisters } from '../../shared/register-files/compare-registers.ts';
import { gapsOf, LACKS } from '../../shared/register-files/gaps.ts';
import { type ReadRegister, readRegisterFile } from '../../shared/register-files/read-register.ts';
import type { RegisterFile } from '../../shared/register-files/register-file.ts';
import { toSheets } from '../../shared/register-files/sheets.ts';
import { workbookOf } from '../../shared/register-files/workbook.ts';
import { writeCsv } from '../../shared/register-files/write-csv.ts';
import {
  type AdministratorDependencies,
  moved,
  noteOf,
  nothingBefore,
  refuseOthers,
  registerView,
  unlessMoved,
} from './administrator.ts';

const LISTS = ['units', 'divisions', 'officers', 'rules', 'platforms', 'authorities'] as const;
/** Of a list of differences or findings: more are counted, not shown. */
const SHOWN = 100;

/** Which version is in force and how much it holds. */
export async function showRegister(staff: Staff, deps: AdministratorDependencies): Promise<Answer> {
  refuseOthers('see', staff, deps);
  const [registry, register] = await Promise.all([deps.registry.readNow(), deps.rules.register()]);
  const { bureau, city } = registry;
  return {
    status: 200,
    body: {
      register: registerView(register),
      bureau,
      city,
      lists: LISTS.map((list) => ({
        list,
        zh: SHEETS[list].zh,
        en: SHEETS[list].en,
        entries: registry[list]?.length ?? 0,
      })),
    },
  };
}

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
} as const;

/** The register in force as a file. */
export async function downloadRegister(
  { format, list }: z.output<typeof registerFileQuery>,
  staff: Staff,
  deps: AdministratorDependencies,
): Promise<Answer> {
  refuseOthers('see', staff, deps);
  const registry = await deps.registry.readNow();
  const facts = { format, version: registry.version };
  await deps.noted.note(noteOf('register-downloaded', facts, staff, deps));
  const name = `register-${registry.bureau}-${registry.version}${format === 'csv' ? `-${list}` : ''}.${format}`;
  return {
    status: 200,
    body: bytesOf(registry, format, list),
    headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${name}"` },
  };
}

function bytesOf(registry: Registry, format: keyof typeof TYPES, list: string): Uint8Array {
  if (format === 'xlsx') return workbookOf(registry);
  const text =
    format === 'json' ? JSON.stringify(registry, undefined, 2) : writeCsv(toSheets(registry)[list] ?? []);
  return new TextEncoder().encode(text);
}

/** What a file would change and what is wrong with it; nothing takes effect. */
export async function checkRegister(
  { file }: { file: string },
  staff: Staff,
  deps: AdministratorDependencies,
): Promise<Answer> {
  refuseOthers('change', staff, deps);
  const { read, findings, inForce } = await checked(file, deps);
  const { document, problems, unknown } = read;
  const made = document?.version ?? 0;
  return {
    status: 200,
    body: {
      loadable: document !== undefined && !findings.some(({ fatal }) => fatal),
      problems,
      unknownColumns: unknown,
      findings: findings.map(({ which, ...finding }) => ({
        ...finding,
        count: which.length,
        which: which.slice(0, SHOWN),
      })),
      register: registerView(await deps.rules.register()),
      exportedFrom: made === 0 ? null : made,
      stale: made !== 0 && made !== inForce.version,
      differences: document === undefined ? [] : compareRegisters(inForce, document).map(shortened),
      leftOut: { businesses: document?.businesses?.length ?? 0, partners: document?.partners?.length ?? 0 },
    },
  };
}

function shortened({ added, removed, changed, ...list }: ReturnType<typeof compareRegisters>[number]) {
  const counted = <T>(all: readonly T[]) => ({ count: all.length, shown: all.slice(0, SHOWN) });
  return { ...list, added: counted(added), removed: counted(removed), changed: counted(changed) };
}

async function checked(
  file: string,
  deps: AdministratorDependencies,
): Promise<{ read: ReadRegister; findings: Finding[]; inForce: Registry }> {
  const inForce = await deps.registry.readNow();
  const read = readRegisterFile(Buffer.from(file, 'base64'));
  const { document } = read;
  if (document !== undefined && document.bureau !== deps.bureau) {
    const zh = `这是 ${document.bureau} 的登记资料，不是本局（${deps.bureau}）的`;
    const en = `This is the register of ${document.bureau}, not of this bureau (${deps.bureau})`;
    const problem = { sheet: null, row: null, column: 'bureau', zh, en };
    return { read: { problems: [problem], unknown: read.unknown }, findings: [], inForce };
  }
  const findings = document === undefined ? [] : checkRegistry(document, shanghaiDate(deps.now()));
  return { read, findings, inForce };
}

/** Takes a register into force, all at once, now or from a day on. Businesses and partners of the file stay where they are. */
export async function loadRegister(
  { file, register, from, force }: z.output<typeof registerLoad>,
  staff: Staff,
  deps: AdministratorDependencies,
): Promise<Answer> {
  refuseOthers('change', staff, deps);
  const { read, findings, inForce } = await checked(file, deps);
  const document = loadable(read, findings);
  if (from !== undefined && from < shanghaiDate(deps.now())) throw tooEarly();
  if (inForce.version !== register) throw moved();
  if (document.version !== 0 && document.version !== register && !force)
    throw stale(document.version, register);
  const { businesses, partners, ...registry } = document;
  const facts = { after: register, ...(from === undefined ? {} : { from }) };
  const noted = noteOf('register-loaded', facts, staff, deps);
  await unlessMoved(async () => deps.registry.load(registry, register, from, noted));
  return { status: 200, body: { register: registerView(await deps.rules.register()) } };
}

function loadable({ document, problems: [first] }: ReadRegister, findings: readonly Finding[]): RegisterFile {
  if (document === undefined) {
    throw refused(first?.zh ?? '文件读不懂', first?.en ?? 'The file cannot be read');
  }
  const fatal = findings.find((one) => one.fatal);
  if (fatal !== undefined) {
    const which = fatal.which.slice(0, 5).join(' ');
    throw refused(`${fatal.zh}：${which}`, `${fatal.en}: ${which}`);
  }
  return document;
}

const refused = (zh: string, en: string) => new Problem('bad-request', [{ field: '/file', zh, en }]);
const tooEarly = () =>
  new Problem('bad-request', [
    { field: '/from', zh: '生效日不能早于今天', en: 'The first day must be today or later' },
  ]);
const stale = (made: number, inForce: number) =>
  new Problem('conflict', [
    {
      field: '/force',
      zh: `文件由第 ${made} 版导出，现行的是第 ${inForce} 版，其间有人改过；请重新导出再改，或者确认覆盖`,
      en: `The file was exported from version ${made}, in force is version ${inForce}: export anew and change that, or confirm to overwrite`,
    },
  ]);

/** Withdraws the version that waits for its day, or else brings the content of the version before back as a new one. */
export async function goBack(
  { register: seen }: z.output<typeof registerBack>,
  staff: Staff,
  deps: AdministratorDependencies,
): Promise<Answer> {
  refuseOthers('change', staff, deps);
  const { version, before, next } = await deps.rules.register();
  if (version !== seen) throw moved();
  if (next !== undefined) {
    const noted = noteOf('register-withdrawn', { version: next.version }, staff, deps);
    const withdrawn = await unlessMoved(async () => deps.registry.withdraw(noted));
    return { status: 200, body: { register: registerView(await deps.rules.register()), withdrawn } };
  }
  if (before === undefined) throw nothingBefore();
  const by = { by: staff.id, at: deps.now().toISOString(), register: seen + 1 };
  const taken = (await deps.rules.proposals()).filter(
    ({ state, decided }) => state === 'accepted' && decided?.register === seen,
  );
  const noted = noteOf('register-back', { from: seen, content: before }, staff, deps);
  const after = taken.map((one) => takeBack(one, by));
  if ((await deps.rules.back(after, seen, noted)) === 'conflict') throw moved();
  return { status: 200, body: { register: registerView(await deps.rules.register()) } };
}

/** Where nobody is in charge, and which units lack something, on a day. */
export async function showGaps(
  { on }: { on?: string | undefined },
  staff: Staff,
  deps: AdministratorDependencies,
): Promise<Answer> {
  refuseOthers('see', staff, deps);
  const gaps = gapsOf(await deps.registry.readNow(), on ?? shanghaiDate(deps.now()));
  const units = gaps.units.map(({ lacks, ...unit }) => ({
    ...unit,
    lacks: lacks.map((code) => ({ code, ...LACKS[code] })),
  }));
  return { status: 200, body: { ...gaps, units } };
}
