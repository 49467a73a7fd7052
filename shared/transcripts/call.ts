/** Who said a turn. */
export type Speaker = 'caller' | 'agent' | 'unknown';

/** A word, or the smallest piece the engine gives a time to. Milliseconds from the beginning of the recording. */
export interface Word {
  text: string;
  startMs: number;
  endMs: number;
  /** 0 to 1, as the engine says. */
  confidence?: number;
}

/** What one speaker said in one go. */
export interface CallTurn {
  speaker: Speaker;
  text: string;
  /** Milliseconds from the beginning of the recording. */
  startMs?: number;
  endMs?: number;
  words?: Word[];
  /** As the file names the speaker: `CUSTOMER`, `spk_0`, `客服`. */
  label?: string;
  /** The engine's id of the turn; a later delivery with the same id is the same turn. */
  id?: string;
  /** The id of the final turn that will replace this one. */
  partOf?: string;
  /** The engine has not settled on these words. */
  provisional?: true;
}

/** A reason, or something to know, as a pair of sentences without anything personal in it. */
export interface Remark {
  code: string;
  zh: string;
  en: string;
  /** Where: a JSON pointer, `line 3`, `body`, `key`. */
  field: string;
}

/** How the speakers of a call were told apart, and how sure that is (0 to 1). */
export interface Roles {
  by: 'labels' | 'words' | 'nothing';
  confidence: number;
}

/** A telephone call in words, the same shape whatever engine wrote it. */
export interface Call {
  /** The telephone system's or engine's id; else what the name of the file says. */
  callId?: string;
  /** ISO 8601 in UTC. */
  startedAt?: string;
  /** BCP 47 as the engine writes it. */
  language?: string;
  /** The number the caller calls from, where the file has it. */
  callerNumber?: string;
  /** One file has it all, or it comes in pieces that must be merged. */
  delivery: 'whole' | 'pieces';
  /** More is to come, or the engine broke off. */
  partial: boolean;
  /** Names and numbers were taken out: what is missing must be asked back. */
  redacted: boolean;
  roles: Roles;
  /** In the order in which they were said. */
  turns: CallTurn[];
  problems: Remark[];
}

/** A turn as its file has it, before it is known who speaks. */
export type RawTurn = Omit<CallTurn, 'speaker'>;

/** A call as its file has it. */
export type RawCall = Omit<Call, 'turns' | 'roles'> & { turns: RawTurn[] };

/** 5 MB: a call of eight hours with a time for each word. */
export const LARGEST_FILE = 5 * 1024 * 1024;
export const MOST_TURNS = 5_000;

/** An object without the entries that are undefined. */
export function defined<T extends object>(entries: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as never;
}
