import type { CaseNumber } from '../case/case-number.ts';
import type { Instant } from '../dates.ts';
import { sha256 } from '../sha256.ts';
import { EVIDENCE_TYPES, type EvidenceType, MOST_FILES } from './types.ts';

/** Where a file stands, in the words people see. `erased`: file and name are gone, hash and size stay. */
export const EVIDENCE_STATES = {
  uploading: { zh: '没有传完', en: 'Not all of it is here yet' },
  checking: { zh: '已收到，正在检查', en: 'Received, being checked' },
  kept: { zh: '已收好', en: 'Safely kept' },
  refused: { zh: '不能收', en: 'Not taken' },
  erased: { zh: '已删除', en: 'Erased' },
} as const satisfies Record<string, { zh: string; en: string }>;
type EvidenceState = keyof typeof EVIDENCE_STATES;

/** Why a file was not taken, and what the person can do. */
export const REFUSALS = {
  'not-what-it-claims': {
    zh: '打不开这种文件：它的内容和文件类型不一致。请重新拍照，或者换一个文件',
    en: 'The file is not what its name says. Please take the picture again, or choose another file',
  },
  'wrong-size': {
    zh: '收到的和您手机里的大小不一样，请再选一次这个文件',
    en: 'What arrived differs in size from your file; please choose it again',
  },
  lost: { zh: '没有传成，请再选一次这个文件', en: 'It did not get through; please choose the file again' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type Refusal = keyof typeof REFUSALS;

/** A file that goes with a case. Its name is the person's words. */
export interface Evidence {
  number: CaseNumber;
  id: string;
  /** Counts the changes; the first one kept is 1. */
  version: number;
  state: EvidenceState;
  name: string;
  type: EvidenceType;
  /** Bytes. */
  size: number;
  by: 'consumer' | 'staff';
  /** Who of the staff attached it. */
  staff?: string | undefined;
  begunAt: Instant;
  /** Id of the upload at the storage; while it is uploading. */
  uploadId?: string | undefined;
  reason?: Refusal | undefined;
  sha256?: string | undefined;
  keptAt?: Instant | undefined;
}

/** What somebody wants to send. `mark`: hash of the beginning and end of the file, by which one file is told from another. */
export interface Offered {
  name: string;
  type: EvidenceType;
  size: number;
  mark?: string | undefined;
}

/** The same for the same file of the same case: who chooses it again goes on with it. What staff attach is their own. */
export function evidenceId(
  { number, by }: Pick<Evidence, 'number' | 'by'>,
  { name, type, size, mark = '' }: Offered,
): string {
  return sha256(JSON.stringify([number, by, name, type, size, mark])).slice(0, 32);
}

/** Begins an upload, or begins one anew that failed on its way. */
export function begun(
  before: Evidence | undefined,
  offered: Offered,
  upload: Pick<Evidence, 'number' | 'by' | 'staff' | 'begunAt' | 'uploadId'>,
): Evidence {
  const { mark, ...file } = offered;
  const id = evidenceId(upload, offered);
  return { ...upload, ...file, id, version: (before?.version ?? 0) + 1, state: 'uploading' };
}

/** True when the file may be sent (again): it never arrived as it was. What it is does not change by sending it twice. */
export function maySendAgain({ state, reason }: Evidence): boolean {
  return state === 'refused' && reason !== 'not-what-it-claims';
}

/** All parts have arrived. */
export function arrived(before: Evidence): Evidence | undefined {
  return before.state === 'uploading' ? changed(before, { state: 'checking' }) : undefined;
}

/** It is what it claims. The check may see the file before whoever sent it has said that it is whole. */
export function kept(before: Evidence, hash: string, keptAt: Instant): Evidence | undefined {
  return isOpen(before) ? changed(before, { state: 'kept', sha256: hash, keptAt }) : undefined;
}

/** It is not taken. */
export function refused(before: Evidence, reason: Refusal): Evidence | undefined {
  return isOpen(before) ? changed(before, { state: 'refused', reason }) : undefined;
}

/** The term of the case's people's data is over. */
export function erased(before: Evidence): Evidence {
  return changed(before, { state: 'erased', name: '' });
}

/** True until it is known whether the file is taken. */
export function isOpen({ state }: Evidence): boolean {
  return state === 'uploading' || state === 'checking';
}

function changed({ uploadId, ...before }: Evidence, now: Partial<Evidence>): Evidence {
  return { ...before, ...now, version: before.version + 1 };
}

/** Uploads that were begun and left are cleared away after a day (infra/constructs/private-bucket.ts). */
const LEFT_AFTER_MS = 24 * 60 * 60 * 1000;
/** Refused and left ones count here: nobody goes on trying for ever. */
const MOST_ATTEMPTS = 3 * MOST_FILES;

/** True when a case takes one more file beside those from the same side. Two that begin at the same moment may both be let in. */
export function hasRoom(all: readonly Evidence[], now: Date): boolean {
  const isLeft = ({ state, begunAt }: Evidence) =>
    state === 'uploading' && now.getTime() - Date.parse(begunAt) > LEFT_AFTER_MS;
  const taken = all.filter((one) => one.state !== 'refused' && one.state !== 'erased' && !isLeft(one));
  return taken.length < MOST_FILES && all.length < MOST_ATTEMPTS;
}

const LONGEST_NAME = 80;
/** Control and format characters (also those that turn the direction of writing), and what a path is made of. */
const NOT_IN_NAMES = /[\p{C}/\\:*?"<>|]/gu;

/** A file's name as it is kept and shown: without what could hide its ending or lead elsewhere, cut. */
export function cleanName(name: string): string {
  const clean = name.normalize('NFC').replace(NOT_IN_NAMES, '').replace(/\s+/g, ' ').trim();
  const characters = Array.from(clean);
  if (characters.length <= LONGEST_NAME) return clean;
  const ending = /\.\w{1,5}$/.exec(clean)?.[0] ?? '';
  return characters.slice(0, LONGEST_NAME - ending.length).join('') + ending;
}

/** The name under which a file is saved: it ends as its type does, whatever the person called it. */
export function savedName({ name, type, id }: Pick<Evidence, 'name' | 'type' | 'id'>): string {
  const endings: readonly string[] = EVIDENCE_TYPES[type].endings;
  const [, stem = name, ending = ''] = /^(.*)\.(\w{1,5})$/.exec(name) ?? [];
  const own = endings.includes(ending.toLowerCase()) ? ending.toLowerCase() : endings[0];
  return `${stem === '' ? id : stem}.${own}`;
}

/** Where a file lies until it is checked, and from then on. */
export const incomingKey = ({ number, id }: Pick<Evidence, 'number' | 'id'>): string =>
  `incoming/${number}/${id}`;
export const checkedKey = ({ number, id }: Pick<Evidence, 'number' | 'id'>): string =>
  `checked/${number}/${id}`;
