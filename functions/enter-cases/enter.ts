import type { DeskEntry } from '../../events/desk-entry.ts';
import { nextLegalDate } from '../../shared/case/case-view.ts';
import { type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { type Filed, type FileMessageDependencies, fileMessage } from '../../shared/intake/file-message.ts';
import { type BureauSettings, settingsOf } from '../../shared/law/bureau-settings.ts';
import { mayEnter } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';
import { contentKey, handOverKey } from './entry-keys.ts';

export interface EnterDependencies extends FileMessageDependencies {
  registry: RegistryStore;
}

/** A row of a batch: its number, or that it must be tried again. */
interface Entered {
  number: string | null;
  again: boolean;
}

/**
 * Registers one message that came on paper, in person or from another office. The legal periods count from the day of
 * receipt. A work order that was handed over before is the same case and says so (200).
 */
export async function enterOne(
  entry: DeskEntry,
  idempotencyKey: string | undefined,
  staff: Staff,
  deps: EnterDependencies,
): Promise<Answer> {
  refuseOthers(staff);
  const settings = await settingsNow(deps);
  const own = idempotencyKey === undefined ? undefined : `entry ${staff.id} ${idempotencyKey}`;
  const handedOver = handOverKey(entry);
  const filed = await file(entry, handedOver ?? own, handedOver !== undefined, settings, staff, deps);
  if (filed.outcome === 'busy') throw new Problem('try-again');
  if (filed.outcome === 'key-reused' && handedOver === undefined) throw keyReused();
  const known = 'found' in filed ? filed.found : await deps.cases.case(filed.number);
  if (known === undefined) throw new Problem('try-again');
  const isNew = filed.outcome === 'new';
  return {
    status: isNew ? 201 : 200,
    body: {
      number: known.number,
      kind: known.kind,
      again: !isNew,
      channel: known.channel,
      receivedOn: known.receivedOn,
      externalNumber: known.externalNumber ?? null,
      secret: 'secret' in filed && filed.secret !== '' ? filed.secret : null,
      nextLegalDate: nextLegalDate(known, { settings }),
    },
  };
}

/** Registers rows of an import, each for itself. A row that was registered before gives its number again. */
export async function enterRows(
  { entries }: { entries: readonly DeskEntry[] },
  staff: Staff,
  deps: EnterDependencies,
): Promise<Answer> {
  refuseOthers(staff);
  const settings = await settingsNow(deps);
  const results: Entered[] = [];
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    const some = entries.slice(start, start + AT_ONCE);
    results.push(...(await Promise.all(some.map((entry) => enterRow(entry, settings, staff, deps)))));
  }
  return { status: 200, body: { results } };
}

const AT_ONCE = 5;

async function enterRow(
  entry: DeskEntry,
  settings: BureauSettings,
  staff: Staff,
  deps: EnterDependencies,
): Promise<Entered> {
  const filed = await file(entry, handOverKey(entry) ?? contentKey(entry), true, settings, staff, deps);
  if (filed.outcome === 'busy') return { number: null, again: false };
  const number = 'found' in filed ? filed.found.number : filed.number;
  return { number, again: filed.outcome !== 'new' };
}

function file(
  { channel, receivedOn, externalNumber, message }: DeskEntry,
  key: string | undefined,
  lasting: boolean,
  settings: BureauSettings,
  staff: Staff,
  deps: EnterDependencies,
): Promise<Filed> {
  return fileMessage(
    message,
    {
      channel,
      externalNumber,
      actor: { role: staff.role, id: staff.id },
      key,
      ...(lasting ? { lasting } : {}),
      receivedAt: receiptOf(receivedOn, shanghaiDate(deps.now())),
      settings,
    },
    deps,
  );
}

/** A receipt stamp has a day and no hour: noon in Shanghai. What came today came now. */
function receiptOf(receivedOn: LocalDate | undefined, today: LocalDate) {
  return receivedOn === undefined || receivedOn === today ? undefined : `${receivedOn}T04:00:00.000Z`;
}

export function refuseOthers(staff: Staff): void {
  if (!mayEnter(staff)) throw new Problem('forbidden');
}

async function settingsNow({ registry }: EnterDependencies): Promise<BureauSettings> {
  return settingsOf((await registry.read()).settings);
}

const keyReused = () =>
  new Problem('key-reused', [
    {
      field: 'idempotency-key',
      zh: '此幂等键已用于另一份登记，请换一个新的键',
      en: 'This key was used for another entry; please choose a new one',
    },
  ]);
