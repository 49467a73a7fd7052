import { transcriptDelivered } from '../../events/transcript-delivered.ts';
import {
  type TranscriptDependencies,
  takeDelivered,
} from '../../functions/read-transcript/read-transcript.ts';
import { gazetteerBytes } from '../../infra/commands/build-gazetteer/gazetteer-bytes.ts';
import { createUnderstand } from '../../shared/intake/create-understand.ts';
import { createMemoryCalendarStore } from '../../shared/store/calendar-store.ts';
import type { CallObject } from '../../shared/store/call-objects.ts';
import { type CallStore, createMemoryCallStore } from '../../shared/store/call-store.ts';
import { createMemoryContactStore } from '../../shared/store/contact-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { createJudges } from '../../shared/understanding/understand.ts';
import { MONDAY, registryOf } from './support.ts';

const judges = createJudges();
const understand = createUnderstand(readGazetteer(gazetteerBytes()), async () => ({ judges }));

/** A bucket and the stores behind it; `deliver` puts a file and takes the message that S3 sends of it. */
export function office(callStore: CallStore = createMemoryCallStore()) {
  const files = new Map<string, CallObject>();
  const clock = { at: MONDAY };
  const silences: string[] = [];
  const logged: object[] = [];
  let drawn = 0;
  const deps: TranscriptDependencies = {
    objects: { read: async (key) => files.get(key) ?? { state: 'gone' } },
    calls: callStore,
    contacts: createMemoryContactStore(),
    silence: { lookAgain: async (id) => void silences.push(id) },
    cases: createMemoryCaseStore(),
    registry: registryOf(),
    calendar: createMemoryCalendarStore(),
    understand,
    bureau: '330200',
    now: () => new Date(clock.at),
    randomInt: () => (drawn += 1),
    randomBytes: (length) => new Uint8Array(length).fill(drawn),
    salt: () => 'salt',
    log: (code, facts) => logged.push({ code, ...facts }),
  };
  const put = (key: string, content: unknown) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    files.set(key, { state: 'read', bytes: Buffer.from(text), at: clock.at });
  };
  return {
    deps,
    clock,
    files,
    silences,
    logged,
    put,
    deliver: async (key: string, content: unknown) => {
      put(key, content);
      await takeDelivered(transcriptDelivered.parse({ key }), deps);
    },
    cases: () => Array.fromAsync(deps.cases.allCases()),
    contacts: async () => (await deps.contacts.ofDay('2026-11-16', 100)).items,
    later: (seconds: number) => {
      clock.at = new Date(Date.parse(clock.at) + seconds * 1000).toISOString();
    },
  };
}
