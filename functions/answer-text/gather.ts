import { phoneKey } from '../../shared/case/lookup-keys.ts';
import type { Clock, Instant } from '../../shared/dates.ts';
import type { Log } from '../../shared/logging.ts';
import { addPart, closeGathering } from '../../shared/sms/parts.ts';
import { gatheringKey, PARTS_WITHIN_MS, textKey } from '../../shared/store/text-items.ts';
import type { KeptGathering, KeptText, TextStore } from '../../shared/store/text-store.ts';

export interface GatherDependencies {
  texts: Pick<TextStore, 'gathering' | 'gather'>;
  now: Clock;
  log: Log;
}

/** The parts of one long text come at the same moment, each as a message of its own. */
const TRIES = 20;

/** Other parts of the same text were written at the same moment, again and again: the queue brings this one once more. */
class PartsCollide extends Error {
  override name = 'PartsCollide';
}

/**
 * Adds a part to those that are there, in whatever order they come. In one write: the gathering, that this part is
 * taken, and the texts it gives: the whole one, what fills a gap, or what an unfinished one had, to which it does not belong.
 * @returns keys of those texts
 */
export async function takePart(text: KeptText, deps: GatherDependencies): Promise<string[]> {
  const { part, receivedAt } = text;
  if (part === undefined) return [];
  const key = gatheringKey(text);
  const { provider, from, to } = text;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = (await deps.texts.gathering(key)) ?? {
      key,
      version: 0,
      gathering: undefined,
      lastText: text.key,
      of: { provider, from, to },
    };
    const added = addPart(before.gathering, { id: text.id, text: text.text, part }, receivedAt);
    const joined = [
      ...('replaced' in added && added.replaced !== undefined
        ? [joinedText('replaced', text, added.replaced.text)]
        : []),
      ...('text' in added ? [joinedText('joined', text, added.text)] : []),
    ];
    const keys = joined.map((one) => one.key);
    const taken = {
      key: text.key,
      phone: phoneKey(from),
      receivedAt,
      outcome: `part-${added.kind}`,
      gathering: key,
      joinedInto: keys,
    };
    const after = { ...before, gathering: added.gathering, lastText: text.key };
    if (await deps.texts.gather(after, dueAt(after), taken, joined)) {
      deps.log('text-part', { text: text.key, part: part.number, of: part.of, outcome: added.kind });
      return keys;
    }
  }
  throw new PartsCollide();
}

/**
 * Closes a gathering whose missing parts have not come in time: what is there becomes a text, with marks where the others
 * belong.
 */
export async function closeParts(key: string, deps: GatherDependencies): Promise<string[]> {
  const before = await deps.texts.gathering(key);
  if (before?.gathering === undefined) return [];
  const closed = closeGathering(before.gathering, deps.now().toISOString(), PARTS_WITHIN_MS);
  if (closed === undefined) return [];
  const [first] = Object.values(before.gathering.parts);
  const joined = joinedText(
    'closed',
    { ...before.of, id: first?.id ?? key, receivedAt: before.gathering.firstAt },
    closed.text,
  );
  // A part that came at this moment has changed it: the sweep looks again.
  const done = await deps.texts.gather({ ...before, gathering: closed.gathering }, undefined, undefined, [
    joined,
  ]);
  if (!done) return [];
  deps.log('text-parts-closed', { text: joined.key, missing: closed.missing.length });
  return [joined.key];
}

/** The text that parts give, under an id of its own that the same parts give again. */
function joinedText(
  how: 'joined' | 'replaced' | 'closed',
  { provider, id, from, to, receivedAt, sentAt }: Omit<KeptText, 'key' | 'text'>,
  text: string,
): KeptText {
  const own = `${how}/${id}`;
  return {
    key: textKey(provider, own),
    provider,
    id: own,
    from,
    to,
    text,
    receivedAt,
    ...(sentAt === undefined ? {} : { sentAt }),
  };
}

function dueAt({ gathering }: KeptGathering): Instant | undefined {
  if (gathering === undefined || gathering.closedAt !== undefined) return undefined;
  return new Date(Date.parse(gathering.firstAt) + PARTS_WITHIN_MS).toISOString();
}
