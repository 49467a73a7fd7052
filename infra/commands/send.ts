import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CommandFailure, runCommand, WrongUsage } from './command-line.ts';
import { ENDPOINTS_OPTION, findLocalSystem, useLocalServices } from './connection.ts';
import { PLAYS } from './send/plays.ts';

/** Enough for a folder of examples and a few more. */
const MOST_FILES = 500;
const SHOWN = 300;

await runCommand(
  {
    usage: 'npm run send -- FILE|FOLDER … (events/examples/…)',
    zh: `把示例发入本机系统，像真正的发送者一样（签名、令牌、存储桶、主题）。文件所在的文件夹名决定渠道：${Object.keys(PLAYS).join('、')}。退出码：1 有好的示例（good*）被拒收，或坏的示例（bad*）被收下。`,
    en: `Plays examples into the system on this machine as their senders would (signatures, tokens, bucket, topic). The name of a file's folder says the channel: ${Object.keys(PLAYS).join(', ')}. Exit code 1: an example named good* was refused, or one named bad* was taken.`,
    positionals: 1,
    optional: MOST_FILES,
    options: { endpoints: ENDPOINTS_OPTION },
  },
  async ({ endpoints }, paths) => {
    const files = paths.flatMap(filesIn);
    const system = findLocalSystem(endpoints);
    useLocalServices(system);
    let unexpected = 0;
    for (const path of files) {
      const channel = basename(dirname(path));
      const play = PLAYS[channel];
      if (play === undefined) {
        throw new WrongUsage(
          `${path}: 文件夹名不是渠道 / the folder names no channel; known: ${Object.keys(PLAYS).join(', ')}`,
        );
      }
      const { status, answer } = await play({ path, content: readFileSync(path) }, system);
      const asExpected = isExpected(path, status);
      if (!asExpected) unexpected += 1;
      process.stdout.write(`${asExpected ? ' ' : '!'} ${status} ${path}  ${answer.slice(0, SHOWN)}\n`);
    }
    return unexpected === 0 ? 0 : 1;
  },
);

/** By its name; what comes by a bucket or a topic is always taken, and judged later. */
function isExpected(path: string, status: number): boolean {
  if (status >= 500) return false;
  if (status === 202) return true;
  const name = basename(path);
  if (name.startsWith('good')) return status < 300;
  return name.startsWith('bad') ? status >= 400 || path.includes('sms-') : true;
}

function filesIn(path: string): string[] {
  try {
    return statSync(path).isDirectory()
      ? globSync(join(path, '**/*.{json,form}'), { exclude: ['**/node_modules/**'] }).sort()
      : [path];
  } catch {
    throw new CommandFailure(`${path} 读不了 / cannot be read`);
  }
}
