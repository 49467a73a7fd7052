/*
 * What a step asks for. One table (actions.ts) written in these fields gives the contract of the API and the forms
 * of the desk.
 */

interface Label {
  zh: string;
  en: string;
  required?: boolean;
}
type Options = Readonly<Record<string, { zh: string; en: string }>>;

export type Field = Label &
  (
    | { type: 'text'; longest: number }
    | { type: 'choice'; options: Options }
    /** Integer fen; `signed` allows less than zero. */
    | { type: 'fen'; signed?: boolean }
    | { type: 'date' }
    /** A moment of a meeting, Beijing time, `2026-11-30T14:00`. */
    | { type: 'time' }
    | { type: 'yes' }
    | { type: 'unit' }
    /** A code of 6, 9 or 12 digits. */
    | { type: 'division' }
    /** Unified social credit code of a business. */
    | { type: 'credit-code' }
    /** Id of a member of staff. */
    | { type: 'person' }
    /** Code of a rights station or business in the register. */
    | { type: 'partner' }
    | { type: 'case-number' }
  );

export type Fields = Readonly<Record<string, Field>>;
