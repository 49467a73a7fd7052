import type { OptionSpec } from './command-line.ts';

/** Whose register a command works on. */
export const BUREAU_OPTION = {
  type: 'string',
  value: 'CODE',
  default: '330200',
  zh: '市局代码',
  en: 'code of the bureau',
} as const satisfies OptionSpec;
