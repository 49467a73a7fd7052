import type { Clock, Instant } from '../dates.ts';
import type { Log } from '../logging.ts';
import type { TextQueue } from '../queue/text-queue.ts';
import { sha256 } from '../sha256.ts';
import { CONDUCT } from '../sms/conduct.ts';
import { type Reports, readReports } from '../sms/delivery-reports.ts';
import type { Reading, ReadingContext } from '../sms/incoming.ts';
import { type Body, decode } from '../sms/payload.ts';
import { readAliyunSms } from '../sms/providers/aliyun.ts';
import { readAwsSms } from '../sms/providers/aws.ts';
import { readHuaweiSms } from '../sms/providers/huawei.ts';
import { readTwilioSms } from '../sms/providers/twilio.ts';
import type { RefusalCode } from '../sms/refusals.ts';
import type { IncomingSms, Provider } from '../sms/sms.ts';
import type { Contact, ContactStore } from '../store/contact-store.ts';
import type { DeliveryStore } from '../store/delivery-store.ts';
import type { TextStore } from '../store/text-store.ts';

export interface KeepTextsDependencies {
  texts: Pick<TextStore, 'keep'>;
  contacts: Pick<ContactStore, 'keep'>;
  deliveries: Pick<DeliveryStore, 'keep'>;
  queue: TextQueue;
  now: Clock;
  log: Log;
}

const READERS: Readonly<Record<Provider, (body: Body, context: ReadingContext) => Reading>> = {
  aws: readAwsSms,
  aliyun: readAliyunSms,
  huawei: readHuaweiSms,
  twilio: readTwilioSms,
};

/** What came in from a provider. */
interface Delivery {
  body: Body;
  /** Texts; or reports, where the provider has an address of its own for them; or either. */
  as: 'texts' | 'reports' | 'either';
  /** When it came in, and what it is called: the same each time it is delivered; where nothing is, now and nothing. */
  receivedAt?: Instant | undefined;
  id?: string | undefined;
}

/**
 * Keeps what a provider delivered, and asks for it to be looked at. Each item is kept as a text, or, refused with a
 * reason, as a contact; a repeat changes nothing and is asked for again, as its first message may be lost. Delivery
 * reports are kept for the notices they are about.
 *
 * @returns whether there was nothing in it but texts that are too old
 * @throws whatever store or queue throw: then it has to be delivered again
 */
export async function keepTexts(
  provider: Provider,
  { body, as, receivedAt, id }: Delivery,
  deps: KeepTextsDependencies,
): Promise<{ onlyTooOld: boolean }> {
  const at = receivedAt ?? deps.now().toISOString();
  const { reports, refusals } = as === 'texts' ? NO_REPORTS : readReports(provider, body, at);
  if (as === 'reports' || reports.length > 0) {
    for (const report of reports) await deps.deliveries.keep(report);
    for (const { code } of refusals) deps.log('sms-refused', { provider, reason: code });
    deps.log('sms-reported', { provider, reports: reports.length });
    return { onlyTooOld: false };
  }

  const reading = READERS[provider](body, { receivedAt: at, deliveryId: id });
  const old = reading.messages.filter((sms) => isTooOld(sms, at));
  const fresh = reading.messages.filter((sms) => !old.includes(sms));
  const keys: string[] = [];
  let repeated = 0;
  for (const sms of fresh) {
    const { key, outcome } = await deps.texts.keep({ ...sms, receivedAt: at });
    keys.push(key);
    repeated += Number(outcome === 'repeat');
  }
  const refuse = async (code: RefusalCode, contact: Pick<Contact, 'id' | 'from' | 'text'>) => {
    await deps.contacts.keep({ ...contact, channel: 'sms', at, reason: code });
    deps.log('sms-refused', { provider, reason: code });
  };
  for (const { id: own, from, text } of old)
    await refuse('too-old', { id: `${provider}/${own}`, from, text });
  const written = typeof body === 'string' ? body : decode(body);
  for (const { code, field } of reading.refusals) {
    await refuse(code, { id: `${provider}/${sha256(written)}${field}`, text: written });
  }
  deps.log('sms-received', { provider, texts: keys.length, repeated });
  const left = await deps.queue.send(keys);
  if (left.length > 0) throw new TextsNotQueued();
  return { onlyTooOld: old.length > 0 && fresh.length + reading.refusals.length === 0 };
}

const NO_REPORTS: Reports = { reports: [], refusals: [] };

/** The texts are kept and the sweep will find them; sooner if they are delivered again. */
class TextsNotQueued extends Error {
  override name = 'TextsNotQueued';
}

/** Its token proves nothing of when a text of Aliyun was sent: only its own time does. Other proofs bear a time, or none does. */
function isTooOld({ provider, sentAt }: IncomingSms, at: Instant): boolean {
  const { freshForMs, proof } = CONDUCT[provider];
  if (proof !== 'token' || freshForMs === undefined || sentAt === undefined) return false;
  return Date.parse(at) - Date.parse(sentAt) > freshForMs;
}
