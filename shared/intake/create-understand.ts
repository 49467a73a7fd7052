import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { homeDivision } from '../jurisdiction/home-division.ts';
import type { Log } from '../logging.ts';
import type { ModelStore } from '../store/model-store.ts';
import { GAZETTEER_FILE, type Gazetteer, readGazetteer } from '../understanding/places/gazetteer.ts';
import { type Message, type Understanding, understand } from '../understanding/understand.ts';
import { type BureauJudges, createBureauJudges } from './bureau-judges.ts';
import { CHANCE } from './chance.ts';

/** Understands a message by what the bureau knows. `bureau` is its division code. */
export type Understand = (message: Message, bureau: string) => Promise<Understanding>;

export function createUnderstand(
  gazetteer: Gazetteer,
  judgesNow: () => Promise<Pick<BureauJudges, 'judges'>>,
): Understand {
  const reader = createReader(gazetteer, judgesNow);
  return async (message, bureau) => (await reader(bureau))(message);
}

/** The gazetteer that lies beside a function's module (infra/constructs/bundle.ts). */
export function gazetteerIn(folder: string): Gazetteer {
  return readGazetteer(readFileSync(resolve(folder, GAZETTEER_FILE)));
}

/** Gives a reader that is the same for as long as one text is looked at, whatever the bureau teaches meanwhile. */
export type CreateReader = (bureau: string) => Promise<(message: Message) => Understanding>;

export function createReader(
  gazetteer: Gazetteer,
  judgesNow: () => Promise<Pick<BureauJudges, 'judges'>>,
): CreateReader {
  return async (bureau) => {
    const { judges } = await judgesNow();
    return (message) => understand(message, { gazetteer, judges, home: homeDivision(bureau) });
  };
}

/** Understands by what the bureau taught, and by the gazetteer in this folder. */
export function createBureauUnderstand(
  folder: string,
  models: Pick<ModelStore, 'live' | 'read'>,
  log: Log,
): Understand {
  return createUnderstand(gazetteerIn(folder), createBureauJudges(models, CHANCE.now, log));
}

/** The reader of a function that has the gazetteer beside its module, by what the bureau has taught. */
export function createBureauReader(
  folder: string,
  models: Pick<ModelStore, 'live' | 'read'>,
  log: Log,
): CreateReader {
  return createReader(gazetteerIn(folder), createBureauJudges(models, CHANCE.now, log));
}
