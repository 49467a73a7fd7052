import { renameSync, writeFileSync } from 'node:fs';

/** Writes to the side and moves into place, so that the file is whole even if this process is killed. */
export function writeWhole(path: string, text: string, mode = 0o644): void {
  const side = `${path}.new`;
  writeFileSync(side, text, { mode });
  renameSync(side, path);
}
