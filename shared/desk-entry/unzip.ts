import { inflateRawSync } from 'node:zlib';
import { LIMITS, type Limits, Unreadable } from './table.ts';

/** Parts of a zip file by their names; each is unpacked when it is asked for. */
export interface Zip {
  names: readonly string[];
  /** Undefined when there is no such part. @throws Unreadable */
  part: (name: string) => Uint8Array | undefined;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const LARGEST_COMMENT = 0xffff;

const damaged = () =>
  new Unreadable(
    'XLSX 文件不完整或者已损坏，请重新导出',
    'The XLSX file is cut off or damaged; please export it again',
  );

/**
 * Reads the directory of a zip file (PKWARE APPNOTE 6.3, without zip64: a file is small here). What all its parts unpack
 * to is limited while it happens, whatever the directory says: a bomb lies there.
 * @throws Unreadable
 */
export function openZip(bytes: Uint8Array, limits: Limits = LIMITS): Zip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = readDirectory(bytes, view);
  let left = limits.unpacked;
  return {
    names: [...places.keys()],
    part(name) {
      const place = places.get(name);
      if (place === undefined) return undefined;
      const part = unpack(bytes, view, place, left);
      left -= part.length;
      return part;
    },
  };
}

interface Place {
  at: number;
  size: number;
  method: number;
}

function readDirectory(bytes: Uint8Array, view: DataView): Map<string, Place> {
  const places = new Map<string, Place>();
  try {
    const end = endOf(view);
    let at = view.getUint32(end + 16, true);
    for (let count = view.getUint16(end + 10, true); count > 0; count -= 1) {
      if (view.getUint32(at, true) !== ENTRY) throw damaged();
      const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
        number,
        number,
        number,
      ];
      if ((view.getUint16(at + 8, true) & ENCRYPTED) !== 0) {
        throw new Unreadable('文件有密码，请取消密码再试', 'The file has a password; please remove it');
      }
      places.set(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)), {
        method: view.getUint16(at + 10, true),
        size: view.getUint32(at + 20, true),
        at: view.getUint32(at + 42, true),
      });
      at += 46 + name + extra + comment;
    }
  } catch (error) {
    throw error instanceof RangeError ? damaged() : error;
  }
  return places;
}

function endOf(view: DataView): number {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - LARGEST_COMMENT); at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw damaged();
}

function unpack(bytes: Uint8Array, view: DataView, { at, size, method }: Place, limit: number): Uint8Array {
  try {
    if (view.getUint32(at, true) !== LOCAL) throw damaged();
    const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const packed = bytes.subarray(from, from + size);
    if (packed.length < size) throw damaged();
    if (method === STORED) return packed;
    if (method !== DEFLATED) throw damaged();
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const isTooLarge = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLarge
      ? new Unreadable(
          `文件展开以后超过 ${LIMITS.unpacked / 1024 / 1024} MB，请删去不用的工作表和图片`,
          `Unpacked, the file is over ${LIMITS.unpacked / 1024 / 1024} MB; please remove sheets and pictures that are not needed`,
        )
      : damaged();
  }
}
