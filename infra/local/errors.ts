import { CommandFailure } from '../commands/command-line.ts';

/** A start that cannot go on, for a reason the person at the keyboard can act on. */
export class StartFailure extends CommandFailure {
  override name = 'StartFailure';
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
