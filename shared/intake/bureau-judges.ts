import type { Clock } from '../dates.ts';
import type { Log } from '../logging.ts';
import type { ModelStore } from '../store/model-store.ts';
import { decodeBureauModel, weightsOf } from '../understanding/learning/bureau-model.ts';
import { type Category, createCategorize } from '../understanding/learning/own-classes.ts';
import { createJudges, type Knowledge } from '../understanding/understand.ts';

/** What judges a message: by the built-in knowledge, and by what the bureau taught the system. */
export interface BureauJudges {
  judges: Knowledge['judges'];
  /** Only of a bureau with classes of its own. */
  categorize?: ((text: string) => Category) | undefined;
}

const CACHE_MS = 5 * 60_000;

/**
 * The judges by what the bureau taught the system, looked up every five minutes. A model that cannot be read or no
 * longer fits is left out with a line in the log: a triage never stops for it. The line names no word of a case.
 */
export function createBureauJudges(
  store: Pick<ModelStore, 'live' | 'read'>,
  now: Clock,
  log: Log,
): () => Promise<BureauJudges> {
  const builtIn: BureauJudges = { judges: createJudges() };
  let known = { version: 0, by: builtIn };
  let looked: Promise<BureauJudges> | undefined;
  let until = 0;

  const judgesOf = async (version: number): Promise<BureauJudges> => {
    if (version === 0) return builtIn;
    const bytes = await store.read(version);
    if (bytes === undefined) throw new Error('the live model is not there');
    const model = decodeBureauModel(bytes);
    const { weights, outdated } = weightsOf(model);
    if (outdated.length > 0) log('bureau-model-outdated', { version, tasks: outdated.join(' ') });
    return {
      judges: createJudges(weights),
      categorize: model.category && createCategorize(model.category),
    };
  };

  const look = async (): Promise<BureauJudges> => {
    let version = 0;
    try {
      version = await store.live();
      if (version !== known.version) known = { version, by: await judgesOf(version) };
    } catch (error) {
      log('bureau-model-unreadable', { version, fault: error instanceof Error ? error.name : 'unknown' });
      known = { version: 0, by: builtIn };
    }
    return known.by;
  };

  return () => {
    // Cases of one batch wait for the same look.
    if (looked === undefined || now().getTime() >= until) {
      until = now().getTime() + CACHE_MS;
      looked = look();
    }
    return looked;
  };
}
