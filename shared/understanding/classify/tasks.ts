import { MESSAGE_KINDS, PROBLEMS, SUBJECTS } from '../understanding.ts';

/** What is judged by weights, with its labels. */
export const JUDGED = {
  kind: MESSAGE_KINDS,
  problem: PROBLEMS,
  subject: SUBJECTS,
  scope: ['yes', 'no', 'unsure'],
} as const;

export type Judged = keyof typeof JUDGED;
