import { type ParseArgsOptionDescriptor, parseArgs } from 'node:util';

/** One option of a command, as `--help` shows it. */
export interface OptionSpec {
  type: 'string' | 'boolean';
  /** What stands after the option in `--help`: `N`, `FILE`. */
  value?: string;
  /** May be given several times. */
  multiple?: true;
  default?: string;
  zh: string;
  en: string;
}

/** What a command is called with. */
export interface CommandSpec<Options extends Record<string, OptionSpec>> {
  usage: string;
  zh: string;
  en: string;
  /** How many words without `--` it takes. */
  positionals: number;
  /** How many more it may take. */
  optional?: number;
  options: Options;
}

type Values<Options extends Record<string, OptionSpec>> = {
  [Name in keyof Options]: Options[Name] extends { type: 'boolean' }
    ? boolean
    : Options[Name] extends { multiple: true }
      ? string[] | undefined
      : Options[Name] extends { default: string }
        ? string
        : string | undefined;
};

/** The command was called wrongly: one line, exit code 2. */
export class WrongUsage extends Error {
  override name = 'WrongUsage';
}

/** The command cannot go on, for a reason the person at the keyboard can act on: one line, exit code 1. */
export class CommandFailure extends Error {
  override name = 'CommandFailure';
}

/**
 * Runs a command: reads its options, answers `--help`, and turns errors into one line each.
 * @param work returns the exit code: 0 all well, 1 it found a difference or failed
 */
export async function runCommand<const Options extends Record<string, OptionSpec>>(
  spec: CommandSpec<Options>,
  work: (values: Values<Options>, positionals: string[]) => Promise<number>,
): Promise<void> {
  try {
    const { values, positionals } = read(spec);
    if (values.help === true) {
      process.stdout.write(helpText(spec));
      return;
    }
    const { positionals: least, optional = 0 } = spec;
    if (positionals.length < least || positionals.length > least + optional) {
      throw new WrongUsage(`用法 / Usage: ${spec.usage}`);
    }
    process.exitCode = await work(values as Values<Options>, positionals);
  } catch (error) {
    const wrongUsage = error instanceof WrongUsage;
    const message = error instanceof Error ? error.message : String(error);
    const known = wrongUsage || error instanceof CommandFailure;
    process.stderr.write(known ? `${message}\n` : `出错 / Failed: ${message.replaceAll('\n', ' ')}\n`);
    // A fault of ours: the line above is for everybody, the stack for whoever mends it.
    if (!known && process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    if (wrongUsage) process.stderr.write('更多说明 / More: --help\n');
    process.exitCode = wrongUsage ? 2 : 1;
  }
}

/** Reads a whole number of at least `least`; undefined stays undefined. */
export function wholeNumber(value: string, option: string, least: number): number;
export function wholeNumber(value: string | undefined, option: string, least: number): number | undefined;
export function wholeNumber(value: string | undefined, option: string, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && Number.isSafeInteger(number)) return number;
  throw new WrongUsage(
    `${option} 应为不小于 ${least} 的整数 / ${option} takes a whole number of at least ${least}: ${value}`,
  );
}

function read<Options extends Record<string, OptionSpec>>(spec: CommandSpec<Options>) {
  const options: Record<string, ParseArgsOptionDescriptor> = { help: { type: 'boolean' } };
  for (const [name, { type, default: preset, multiple = false }] of Object.entries(spec.options)) {
    options[name] = { type, multiple, default: type === 'boolean' ? false : preset };
  }
  try {
    return parseArgs({ options, allowPositionals: true, strict: true });
  } catch (error) {
    // parseArgs says what is wrong, then advises on escaping: the first sentence is enough.
    const [sentence = ''] = (error as Error).message.split('. ');
    throw new WrongUsage(`选项有误 / Wrong option: ${sentence}`);
  }
}

function helpText({ usage, zh, en, options }: CommandSpec<Record<string, OptionSpec>>): string {
  const rows = Object.entries(options).map(
    ([name, { value, default: preset, zh: inChinese, en: inEnglish }]) => [
      `  --${name}${value === undefined ? '' : ` ${value}`}`,
      `${inChinese} / ${inEnglish}${preset === undefined ? '' : ` (${preset})`}`,
    ],
  );
  rows.push(['  --help', '显示本说明 / Show this']);
  const width = Math.max(...rows.map(([left = '']) => left.length)) + 2;
  const lines = rows.map(([left = '', right = '']) => left.padEnd(width) + right);
  return `${usage}\n\n${zh}\n${en}\n\n${lines.join('\n')}\n`;
}
