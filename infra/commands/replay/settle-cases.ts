import type { EventType } from '../../../shared/case/case.ts';
import { CommandFailure } from '../command-line.ts';
import { concurrently } from '../concurrently.ts';
import { type Patience, sendPatiently } from './http.ts';
import { seededEnding } from './seeded.ts';
import type { HistoryOf } from './wait-for-triage.ts';

/** A case with a station, to be brought to its end. */
export interface OpenCase {
  number: string;
  /** Seed of the ending: the same line ends in the same way in every run. */
  key: string;
}

/** What this run did, and what it found done. */
export interface Settled {
  accepted: number;
  settled: number;
  terminated: number;
  agreedFen: number;
  provenFen: number;
  /** Ended before, by an earlier run or by a person at the desk. */
  endedBefore: number;
  /** At the hub: a dispatcher decides first. */
  atHub: number;
}

export interface SettleOptions {
  api: string;
  historyOf: HistoryOf;
  /** Token of an officer of the station. */
  tokenOf: (station: string) => Promise<string>;
  inFlight: number;
  patience: Patience;
  onEnded?: () => void;
}

/** The step that is due after each kind of event; after the others there is none for a station. */
const NEXT: Partial<Record<EventType, 'accept' | 'end'>> = { distributed: 'accept', accepted: 'end' };
const ENDED: readonly EventType[] = ['settled', 'terminated', 'refused'];

/** Accepts and ends cases at the desk, as the officers of their stations would. What was done stays done. */
export async function settleCases(cases: readonly OpenCase[], options: SettleOptions): Promise<Settled> {
  const result: Settled = {
    accepted: 0,
    settled: 0,
    terminated: 0,
    agreedFen: 0,
    provenFen: 0,
    endedBefore: 0,
    atHub: 0,
  };
  await concurrently(cases, options.inFlight, async (open) => {
    await bringToEnd(open, result, options);
    options.onEnded?.();
  });
  return result;
}

async function bringToEnd(open: OpenCase, result: Settled, options: SettleOptions): Promise<void> {
  // A conflict (409) means that the case has moved on: read again where it stands. Two steps, and some room.
  for (let round = 1; round <= 6; round += 1) {
    const last = (await options.historyOf(open.number)).at(-1);
    const next = last === undefined ? undefined : NEXT[last.type];
    if (last === undefined || next === undefined) {
      // Also when the end was ours and only its answer got lost: every case is counted once.
      result[last !== undefined && ENDED.includes(last.type) ? 'endedBefore' : 'atHub'] += 1;
      return;
    }
    const token = await options.tokenOf(last.unitPath.at(-1) ?? '');
    if (next === 'accept' && (await step(open.number, 'accept', {}, token, options))) result.accepted += 1;
    if (next === 'end') {
      const ending = seededEnding(open.key);
      if (!(await step(open.number, ending.action, ending.body, token, options))) continue;
      if (ending.action === 'terminate') result.terminated += 1;
      else {
        result.settled += 1;
        result.agreedFen += ending.body.agreedFen;
        result.provenFen += ending.body.provenFen;
      }
      return;
    }
  }
  throw new CommandFailure(`案件 ${open.number} 一直在变动 / case ${open.number} keeps changing`);
}

/** @returns false when the case had moved on */
async function step(
  number: string,
  action: string,
  body: object,
  token: string,
  { api, patience }: SettleOptions,
): Promise<boolean> {
  const url = `${api}/desk/cases/${number}/${action}`;
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await sendPatiently({ method: 'POST', url, headers, body }, patience);
  if (status === 200 || status === 409) return status === 200;
  throw new CommandFailure(`${action} ${number}: 工作台回答 / the desk answered ${status}`);
}
