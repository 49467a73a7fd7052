import { element } from './dom.ts';

/** Hands a file to the person; the address of the blob is good for this page only. */
export function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
