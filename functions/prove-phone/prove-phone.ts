import type * as z from 'zod';
import type { phoneCodeRequest } from '../../events/phone-code.ts';
import { phoneKey } from '../../shared/case/lookup-keys.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import {
  admitCodeRequest,
  CODE_LASTS_MS,
  codeHash,
  type GuardDependencies,
} from '../../shared/intake/guard.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { bureauName } from '../../shared/notices/bureau-name.ts';
import { type Messenger, OutcomeUnknown, type SendOutcome } from '../../shared/notices/messenger.ts';
import { mobileOf } from '../../shared/notices/reach.ts';
import type { RegistryStore } from '../../shared/store/registry-store.ts';

export interface ProvePhoneDependencies extends GuardDependencies {
  registry: RegistryStore;
  messenger: Messenger;
  /** Integer from 0 up to, not including, the bound. */
  randomInt: (bound: number) => number;
  id: () => string;
}

const MINUTES = CODE_LASTS_MS / 60_000;

/**
 * Sends a code to a mobile, where a proof is wanted. Each code replaces the one before; it lasts ten minutes.
 * @throws Problem `too-many`; `try-again` when the SMS surely did not go out
 */
export async function provePhone(
  { phone, for: purpose }: z.output<typeof phoneCodeRequest>,
  sender: { address: string },
  deps: ProvePhoneDependencies,
): Promise<Answer> {
  const registry = await deps.registry.read();
  if (purpose === 'complaint' && !settingsOf(registry.settings).provePhone) {
    return { status: 200, body: { needed: false } };
  }
  await admitCodeRequest(phone, sender, deps);

  const code = String(deps.randomInt(1_000_000)).padStart(6, '0');
  const hash = phoneKey(phone);
  const endsAt = new Date(deps.now().getTime() + CODE_LASTS_MS).toISOString();
  await deps.guard.keepCode(hash, { hash: codeHash(hash, code), endsAt });
  const outcome = await deps.messenger
    .send({
      channel: 'sms',
      to: mobileOf(phone) ?? '',
      body: textOf(bureauName(registry), code),
      reference: `phone-code.${deps.id()}`,
    })
    // It may be on its way: who waits in vain asks for another one.
    .catch((error: unknown): Pick<SendOutcome, 'kind'> => {
      if (error instanceof OutcomeUnknown) return { kind: 'sent' };
      throw error;
    });
  deps.log('phone-code', { outcome: outcome.kind });
  if (outcome.kind === 'try-again') throw new Problem('try-again');
  if (outcome.kind === 'rejected') {
    throw new Problem('bad-request', [
      {
        field: '/phone',
        zh: '短信发不到这个号码，请换一个号码，或者拨打 12315',
        en: 'No SMS can be sent to this number; please give another one, or call 12315',
      },
    ]);
  }
  return { status: 202, body: { needed: true, endsAt } };
}

function textOf(bureau: string, code: string): string {
  return `【${bureau}】验证码 ${code}，${MINUTES} 分钟内有效，用于提交投诉举报。请勿告诉他人。`;
}
