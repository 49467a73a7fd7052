import { createHash } from 'node:crypto';
import { checkedKey } from '../../shared/evidence/evidence.ts';
import type { EvidenceFiles, EvidenceUploads } from '../../shared/store/evidence-objects.ts';

/** The double of the storage: uploads in parts and whole files, in maps. */
export interface MemoryEvidence extends EvidenceUploads, EvidenceFiles {
  /** Puts a part to its address, as a browser does. */
  put(url: string, bytes: Uint8Array, options?: { unchecked?: boolean }): void;
  /** As the storage does with uploads that are left for a day. */
  clearAway(): void;
  /** Makes files of all uploads. */
  completeAll(): Promise<void>;
  replace(key: string, bytes: Uint8Array): void;
  /** Uploads begun so far, those still open, and keys of whole files. */
  begun(): number;
  open(): string[];
  keys(): string[];
}

interface Upload {
  key: string;
  parts: Map<number, { bytes: Uint8Array; etag: string }>;
}

export function createMemoryEvidence(): MemoryEvidence {
  const uploads = new Map<string, Upload>();
  const files = new Map<string, Uint8Array>();
  let count = 0;
  const etagOf = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
  const upload = (key: string, id: string) => {
    const found = uploads.get(id);
    return found?.key === key ? found : undefined;
  };

  const storage: MemoryEvidence = {
    async begin(key) {
      count += 1;
      uploads.set(`upload-${count}`, { key, parts: new Map() });
      return `upload-${count}`;
    },
    async arrived(key, id) {
      const found = upload(key, id);
      return (
        found && [...found.parts].map(([number, { bytes, etag }]) => ({ number, size: bytes.length, etag }))
      );
    },
    async urlOfPart(key, id, { number, from, to }) {
      return `memory:${key}?${id}&${number}&${to - from}`;
    },
    async complete(key, id, parts) {
      const found = upload(key, id);
      const there = parts.map(({ number }) => found?.parts.get(number));
      if (found === undefined || there.some((part, at) => part?.etag !== parts[at]?.etag)) return 'changed';
      files.set(key, Buffer.concat(there.map((part) => part?.bytes ?? new Uint8Array())));
      uploads.delete(id);
      return 'done';
    },
    async abort(_, id) {
      uploads.delete(id);
    },
    async size(key) {
      return files.get(key)?.length;
    },
    async urlOfFile(_, evidence) {
      return `memory:${checkedKey(evidence)}`;
    },
    async beginning(key, most) {
      const bytes = files.get(key);
      return bytes && { bytes: bytes.subarray(0, most), size: bytes.length, etag: etagOf(bytes) };
    },
    async sha256(key, etag) {
      const bytes = files.get(key);
      if (bytes === undefined || etagOf(bytes) !== etag) throw new Error('PreconditionFailed');
      return createHash('sha256').update(bytes).digest('hex');
    },
    async copy(from, to) {
      const bytes = files.get(from.key);
      if (bytes === undefined || etagOf(bytes) !== from.etag) throw new Error('PreconditionFailed');
      files.set(to, bytes);
    },
    async remove(key) {
      files.delete(key);
    },

    put(url, bytes, { unchecked = false } = {}) {
      const [, id = '', number, length] = /\?([\w-]+)&(\d+)&(\d+)$/.exec(url) ?? [];
      if (!unchecked && bytes.length !== Number(length)) throw new Error('SignatureDoesNotMatch');
      uploads.get(id)?.parts.set(Number(number), { bytes, etag: etagOf(bytes) });
    },
    clearAway: () => uploads.clear(),
    async completeAll() {
      for (const [id, { key }] of uploads) {
        await storage.complete(key, id, (await storage.arrived(key, id)) ?? []);
      }
    },
    replace: (key, bytes) => void files.set(key, bytes),
    begun: () => count,
    open: () => [...uploads.keys()],
    keys: () => [...files.keys()],
  };
  return storage;
}
