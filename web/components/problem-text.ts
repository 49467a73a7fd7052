import { ApiProblem, Unreachable } from '../api/call.ts';
import { SignInFailed } from './sign-in.ts';
import { COMMON, type Pair } from './texts.ts';

/** What to tell about an error that ends what was tried; one that nobody foresaw is thrown again. */
export function problemText(error: unknown): Pair {
  if (error instanceof SignInFailed) return error.text;
  if (error instanceof ApiProblem) return error.errors[0] ?? error.title;
  if (error instanceof Unreachable) return COMMON.unreachable;
  throw error;
}
