import { spawnSync } from 'node:child_process';
import { isRunning } from './is-running.ts';

const watchEveryMs = 500;

/**
 * Resolves when we are to stop: at Ctrl-C or a termination, or when the npm that started us is gone (killed
 * hard, it cannot tell us). The listeners stay: npm passes on the same Ctrl-C a second time.
 */
export function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
    if (process.env.npm_lifecycle_event === undefined) return;
    // npm starts a shell, and the shell starts us.
    const parents = [process.ppid, parentOf(process.ppid)].filter((pid) => pid > 1);
    const watch = setInterval(() => {
      if (parents.every(isRunning)) return;
      clearInterval(watch);
      resolve();
    }, watchEveryMs);
    watch.unref();
  });
}

function parentOf(pid: number): number {
  return Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? 0);
}
