import { generateKeyPairSync, sign } from 'node:crypto';
import {
  partnerCaseDetail,
  partnerCaseList,
  partnerProposals,
  partnerReceipt,
} from '../../events/answers.ts';
import { samplePartners } from '../../infra/local/sample-registry.ts';
import { storedPartner } from '../../shared/partners/partner.ts';
import { signedText } from '../../shared/partners/signed-request.ts';
import { COMPLAINT, fileComplaint, PERSONAL, step, track } from './scenario.ts';
import { eventually, parsed, type System } from './system.ts';

const STATION = 'S33020302';
const BUSINESS = 'B33020301';
const SETTLE = {
  answer: 'settle',
  offeredFen: 50_000,
  terms: '退还安装费五百元，三日内上门维修',
  promisedOn: '2099-01-05',
};

/** A system of a business, with a key of its own. */
export function signer(code: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    /** @param at seconds since 1970 */
    authorization(method: string, path: string, body = '', at = Math.floor(Date.now() / 1000)): string {
      const [plain = '', query = ''] = path.split('?');
      const text = signedText({ method, path: plain, query, body }, at);
      const signature = sign(null, Buffer.from(text), privateKey).toString('base64');
      return `Partner code=${code}, time=${at}, signature=${signature}`;
    },
  };
}

/** The rights station answers by the link in its SMS, the consumer confirms; the business answers by its own system. */
export async function settledFirst(system: System) {
  const ours = signer(BUSINESS);
  const business = storedPartner.parse({
    code: BUSINESS,
    kind: 'business',
    name: COMPLAINT.business.name,
    email: 'odr@example.org',
    from: '2026-01-01',
    keys: [ours.publicKey],
  });
  await system.partners.load([...samplePartners(), business]);
  return { byLink: await byLink(system), bySystem: await bySystem(system, ours) };
}

async function byLink(system: System) {
  const { registered, tracked } = await fileComplaint(system);
  const { number, secret } = registered;
  const token = await system.token('officer', tracked.station?.code ?? '');
  const { partners } = parsed(
    partnerProposals,
    await system.api('GET', `/desk/cases/${number}/partners`, { token }),
    200,
  );
  await step(system, token, number, 'offer-first', {
    partner: STATION,
    consumerAgrees: true,
    contactAgreed: true,
  });
  const sms = await eventually(async () =>
    system.runtime.sent.find(({ to, body }) => to === '+8613800000099' && body.includes(number)),
  );
  const link = /#(\S+)$/.exec(sms.body)?.[1] ?? '';
  const headers = { authorization: `Bearer ${link}` };
  const path = `/partner/cases/${number}`;
  const seen = parsed(partnerCaseDetail, await system.api('GET', path, { headers }), 200);
  const answer = () => system.api('POST', `${path}/answer`, { headers, body: SETTLE });
  const receipt = parsed(partnerReceipt, await answer(), 200);
  const repeated = parsed(partnerReceipt, await answer(), 200);
  const handBack = { answer: 'hand-back', reason: '又觉得双方分歧较大，协商不成。' };
  const changed = await system.api('POST', `${path}/answer`, { headers, body: handBack });
  // The consumer is asked by SMS and answers with number and secret.
  await eventually(async () =>
    system.runtime.sent.find(({ to, body }) => to === `+86${PERSONAL.phone}` && body.includes('和解方案')),
  );
  const asked = await track(system, number, secret);
  const confirmed = await system.api('POST', `/complaints/${number}/confirm-settlement`, {
    headers: { 'tracking-secret': secret },
  });
  const done = parsed(partnerCaseDetail, await system.api('GET', path, { headers }), 200);
  const strangers = await Promise.all(
    ['', `${link}A`, link.replace(STATION, 'S33020301')].map((wrong) =>
      system.api('GET', path, { headers: { authorization: `Bearer ${wrong}` } }),
    ),
  );
  return {
    number,
    token,
    link,
    partners,
    seen,
    receipt,
    repeated,
    changed,
    asked,
    confirmed,
    done,
    strangers,
  };
}

async function bySystem(system: System, ours: ReturnType<typeof signer>) {
  const { registered, tracked } = await fileComplaint(system);
  const { number } = registered;
  const token = await system.token('officer', tracked.station?.code ?? '');
  await step(system, token, number, 'offer-first', { partner: BUSINESS, consumerAgrees: true });
  const get = (path: string) =>
    system.api('GET', path, { headers: { authorization: ours.authorization('GET', path) } });
  const list = await eventually(async () => {
    const page = parsed(partnerCaseList, await get('/partner/cases?limit=10'), 200);
    return page.cases.length > 0 ? page : undefined;
  });
  const path = `/partner/cases/${number}`;
  const seen = parsed(partnerCaseDetail, await get(path), 200);
  const raw = JSON.stringify({ answer: 'hand-back', reason: '已联系三次，双方对责任认定分歧较大。' });
  const send = (authorization: string, body = raw) =>
    system.api('POST', `${path}/answer`, {
      raw: body,
      headers: { 'content-type': 'application/json', authorization },
    });
  const good = ours.authorization('POST', `${path}/answer`, raw);
  const stale = ours.authorization('POST', `${path}/answer`, raw, Math.floor(Date.now() / 1000) - 3_600);
  const refused = [await send(stale), await send(good, raw.replace('三', '四')), await send('')];
  const receipt = parsed(partnerReceipt, await send(good), 200);
  // The network brings the very same request again.
  const replayed = parsed(partnerReceipt, await send(good), 200);
  const after = await track(system, number, registered.secret);
  return { number, list, seen, refused, receipt, replayed, after };
}
