import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { idempotencyKey } from '../../events/idempotency-key.ts';
import { phoneCode } from '../../events/phone-code.ts';
import type { Submission, submission } from '../../events/submission.ts';
import type { Case } from '../../shared/case/case.ts';
import { handlingUnit, nextLegalDate, stateView } from '../../shared/case/case-view.ts';
import { parseBody, parseHeader, viewerAddress } from '../../shared/http/parse.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import {
  COMPLAINANT,
  type Filed,
  type FileMessageDependencies,
  fileMessage,
  type MessageOrigin,
} from '../../shared/intake/file-message.ts';
import { admit, type GuardDependencies, type Sender } from '../../shared/intake/guard.ts';
import { findStation } from '../../shared/jurisdiction/find-station.ts';
import type { Registry } from '../../shared/jurisdiction/registry.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { sha256 } from '../../shared/sha256.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

export interface SubmitDependencies extends FileMessageDependencies, GuardDependencies {
  registry: RegistryStore;
}

/** What a request says: the message, its key, who sends it. @throws Problem that names what is wrong */
export function requestOf(
  event: APIGatewayProxyEventV2,
  schema: ReturnType<typeof submission>,
): [Submission, string | undefined, Sender] {
  return [
    parseBody(event, schema),
    parseHeader(event, 'idempotency-key', idempotencyKey),
    { address: viewerAddress(event), code: parseHeader(event, 'x-phone-code', phoneCode.optional()) },
  ];
}

/**
 * Registers a message from the web once (see `fileMessage`). A repeat with the same idempotency key gets the first
 * answer again; the same key with another message is refused (422), a flood too (429).
 */
export async function submit(
  { sms, ...message }: Submission,
  key: string | undefined,
  sender: Sender,
  deps: SubmitDependencies,
): Promise<Answer> {
  // Before the commit, as everything that may fail: what is kept must also be answered.
  const registry = await readRegistry(deps);
  const settings = settingsOf(registry?.settings);
  const filed = await fileMessage(
    message,
    {
      channel: 'web',
      actor: COMPLAINANT,
      key,
      settings,
      admit: () => admit(message, sender, settings, deps),
      ...(sms === true && key !== undefined ? toldBySms(key) : {}),
    },
    deps,
  );
  return answerOf(filed, registry);
}

/** The notice finds the secret by the receipt, while that is kept: neither the history nor a queue ever holds it. */
const toldBySms = (key: string): Pick<MessageOrigin, 'facts' | 'notice'> => ({
  facts: { receipt: sha256(key) },
  notice: { notice: 'web-registered', party: 'complainant' },
});

function answerOf(filed: Filed, registry: Registry | undefined): Answer {
  if (filed.outcome === 'busy') throw new Problem('try-again');
  if (filed.outcome === 'key-reused') {
    throw new Problem('key-reused', [
      {
        field: 'idempotency-key',
        zh: '此幂等键已用于另一份投诉，请换一个新的键',
        en: 'This key was used for another complaint; please choose a new one',
      },
    ]);
  }
  const { found, report, secret } = filed;
  return { status: filed.outcome === 'new' ? 201 : 200, body: answer(found, report, secret, registry) };
}

/** An intake never waits for a register that cannot be read; the triage will see to it. */
async function readRegistry(deps: SubmitDependencies): Promise<Registry | undefined> {
  try {
    return await deps.registry.read();
  } catch {
    return undefined;
  }
}

/**
 * Who has the case; before its triage, whom the triage is going to find, so that the consumer need not wait
 * for it to learn who will call.
 */
function handledBy(found: Case, registry: Registry | undefined) {
  if (registry === undefined) return null;
  if (found.state !== 'received') return handlingUnit(found, registry.units);
  const { kind, complaint, receivedOn } = found;
  const finding = findStation({ business: complaint.business, kind }, registry, receivedOn);
  return finding.found ? handlingUnit({ unitPath: [registry.bureau, finding.unit] }, registry.units) : null;
}

function answer(found: Case, report: string | undefined, secret: string, registry: Registry | undefined) {
  return {
    number: found.number,
    kind: found.kind,
    secret,
    state: stateView(found),
    receivedOn: found.receivedOn,
    handledBy: handledBy(found, registry),
    nextLegalDate: nextLegalDate(found, { settings: settingsOf(registry?.settings) }),
    report: report === undefined ? null : { number: report },
  };
}
