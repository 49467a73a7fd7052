import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { evidenceArrived, evidenceRequest } from '../../events/evidence.ts';
import { type CheckDependencies, checkEvidence } from '../../functions/check-evidence/check-evidence.ts';
import * as api from '../../functions/evidence/evidence.ts';
import { isWhatItClaims } from '../../shared/evidence/claim.ts';
import {
  arrived,
  begun,
  cleanName,
  type Evidence,
  erased,
  evidenceId,
  hasRoom,
  kept,
  refused,
  savedName,
} from '../../shared/evidence/evidence.ts';
import { missingParts, PART_BYTES, plan } from '../../shared/evidence/parts.ts';
import { EVIDENCE_TYPES, type EvidenceType, evidenceTypeOf } from '../../shared/evidence/types.ts';
import type { IdentityRead } from '../../shared/store/case-store.ts';
import { createEvidenceEraser } from '../../shared/store/eraser.ts';
import { createMemoryEvidenceStore } from '../../shared/store/evidence-store.ts';
import { createMemoryCaseStore } from '../../shared/store/memory-case-store.ts';
import { createMemoryEvidence, type MemoryEvidence } from './memory-evidence.ts';
import { keep, MONDAY, problemOf, SECRET, STATION_A1, staff, stepsTo } from './support.ts';

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46);
const BEGINNINGS: Readonly<Record<EvidenceType, Uint8Array>> = {
  'image/jpeg': JPEG,
  'image/png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'image/webp': ascii('RIFF\x10\0\0\0WEBPVP8 '),
  'image/heic': ascii('\0\0\0\x18ftypheic'),
  'application/pdf': ascii('%PDF-1.7\n'),
  'video/mp4': ascii('\0\0\0\x18ftypisom'),
  'video/quicktime': ascii('\0\0\0\x14ftypqt  '),
  'audio/mpeg': ascii('ID3\x04'),
  'audio/mp4': ascii('\0\0\0\x18ftypM4A '),
  'audio/amr': ascii('#!AMR\n'),
  'audio/wav': ascii('RIFF\x10\0\0\0WAVEfmt '),
};
/** Recorders write sounds under the brands of films: these two cannot be told apart by their beginning. */
const ALIKE = new Set(['video/mp4 audio/mp4']);

describe('what a file claims to be', () => {
  const types = Object.keys(BEGINNINGS) as EvidenceType[];
  test.each(types)('%s is known by its beginning, and nothing else passes for it', (type) => {
    expect(isWhatItClaims(BEGINNINGS[type], type)).toBe(true);
    for (const other of types) {
      if (other === type || ALIKE.has(`${other} ${type}`)) continue;
      expect(isWhatItClaims(BEGINNINGS[other], type), other).toBe(false);
    }
  });

  test.each([
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg" onload="x()">'],
    ['a PDF behind something else', '\n%PDF-1.7'],
    ['a program', 'MZ\x90\0\x03'],
    ['an archive', 'PK\x03\x04'],
    ['nothing', ''],
  ])('%s passes for none', (_, text) => {
    expect(types.filter((type) => isWhatItClaims(ascii(text), type))).toEqual([]);
  });

  test('sound without a header is known by its first frame; bytes that are no frame are not', () => {
    expect(isWhatItClaims(Uint8Array.of(0xff, 0xfb, 0x90, 0x64), 'audio/mpeg')).toBe(true);
    // A layer that does not exist, a bit rate that does not exist, UTF-16.
    for (const wrong of [
      [0xff, 0xf9, 0x90],
      [0xff, 0xfb, 0xf0],
      [0xff, 0xfe, 0x3c],
    ]) {
      expect(isWhatItClaims(Uint8Array.from(wrong), 'audio/mpeg')).toBe(false);
    }
  });

  test('the page finds the type by what the phone calls it, else by the ending; others are not taken', () => {
    expect(evidenceTypeOf('image/JPEG', 'x')).toBe('image/jpeg');
    expect(evidenceTypeOf('audio/x-m4a', '新录音.m4a')).toBe('audio/mp4');
    expect(evidenceTypeOf('', 'IMG_0001.HEIC')).toBe('image/heic');
    expect(evidenceTypeOf('application/octet-stream', '录音.amr')).toBe('audio/amr');
    expect(evidenceTypeOf('text/html', 'a.html')).toBeUndefined();
    expect(evidenceTypeOf('image/svg+xml', 'a.svg')).toBeUndefined();
  });
});

describe('parts', () => {
  test('hold every byte once and in order; all but the last are of the size that S3 wants', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 * 1024 * 1024 }), (size) => {
        const parts = plan(size);
        expect(parts[0]?.from).toBe(0);
        expect(parts.at(-1)?.to).toBe(size);
        parts.forEach(({ number, from, to }, at) => {
          expect(number).toBe(at + 1);
          if (at > 0) expect(from).toBe(parts[at - 1]?.to);
          if (at < parts.length - 1) expect(to - from).toBe(PART_BYTES);
          expect(to).toBeGreaterThan(from);
        });
      }),
      { numRuns: 50 },
    );
  });

  test('that have not arrived, or not whole, are missing', () => {
    const size = 2 * PART_BYTES + 1;
    const there = (number: number, bytes: number) => ({ number, size: bytes, etag: 'e' });
    expect(missingParts(size, [there(3, 1), there(1, PART_BYTES)]).map(({ number }) => number)).toEqual([2]);
    expect(missingParts(size, [there(1, 7)]).map(({ number }) => number)).toEqual([1, 2, 3]);
  });
});

const OFFER = { name: '小票.jpg', type: 'image/jpeg', size: 8 } as const;
const UPLOAD = { number: '261116-000001-9', by: 'consumer', begunAt: MONDAY, uploadId: 'u' } as const;
const uploading = begun(undefined, OFFER, UPLOAD);

describe('a file goes one way only', () => {
  const checking = arrived(uploading) as Evidence;
  const safe = kept(checking, 'ab', MONDAY) as Evidence;
  const not = refused(checking, 'not-what-it-claims') as Evidence;

  test('uploading, checking, kept or refused; each change counts', () => {
    expect([uploading, checking, safe].map(({ state, version }) => [state, version])).toEqual([
      ['uploading', 1],
      ['checking', 2],
      ['kept', 3],
    ]);
    expect(checking.uploadId).toBeUndefined();
    // The check may be quicker than the word of whoever sent it.
    expect(kept(uploading, 'ab', MONDAY)?.state).toBe('kept');
  });

  test.each([
    ['kept', safe],
    ['refused', not],
    ['erased', erased(safe)],
  ])('what is %s stays so', (_, settled) => {
    expect([arrived(settled), kept(settled, 'cd', MONDAY), refused(settled, 'lost')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('erased, its name is gone and its hash stays', () => {
    expect(erased(safe)).toMatchObject({ name: '', sha256: 'ab', size: 8, state: 'erased' });
  });

  test('a case takes twenty files; refused ones and those left for a day do not count, but not for ever', () => {
    const now = new Date(MONDAY);
    const day = new Date(now.getTime() + 25 * 3_600_000);
    const files = (count: number, one: Evidence) => Array.from({ length: count }, () => one);
    expect(hasRoom(files(19, safe), now)).toBe(true);
    expect(hasRoom(files(20, safe), now)).toBe(false);
    expect(hasRoom([...files(19, safe), ...files(20, not)], now)).toBe(true);
    expect(hasRoom(files(20, uploading), now)).toBe(false);
    expect(hasRoom(files(20, uploading), day)).toBe(true);
    expect(hasRoom(files(60, not), now)).toBe(false);
  });

  test('the same file of the same case has the same id, any other another', () => {
    const id = evidenceId(UPLOAD, OFFER);
    expect(id).toBe(uploading.id);
    const others = [{ name: 'x' }, { size: 9 }, { type: 'image/png' as const }, { mark: 'f'.repeat(64) }];
    for (const other of others) expect(evidenceId(UPLOAD, { ...OFFER, ...other })).not.toBe(id);
    expect(evidenceId({ ...UPLOAD, number: '261116-000002-7' }, OFFER)).not.toBe(id);
  });
});

describe('a name', () => {
  test.each([
    ['../../etc/passwd', '....etcpasswd'],
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['a\r\nset-cookie: x.jpg', 'aset-cookie x.jpg'],
    [`${'长'.repeat(100)}.jpeg`, `${'长'.repeat(75)}.jpeg`],
  ])('%j becomes %j', (name, clean) => {
    expect(cleanName(name)).toBe(clean);
  });

  test('under which a file is saved ends as its type does', () => {
    const saved = (name: string, type: EvidenceType = 'image/jpeg') => savedName({ name, type, id: 'id' });
    expect(saved('小票.JPEG')).toBe('小票.jpeg');
    expect(saved('setup.exe')).toBe('setup.jpg');
    expect(saved('没有后缀')).toBe('没有后缀.jpg');
    expect(saved('.jpg')).toBe('id.jpg');
  });
});

describe('a request to send a file', () => {
  const problems = (changes: object) =>
    evidenceRequest
      .safeParse({ ...OFFER, ...changes })
      .error?.issues.map(({ path, message }) => [path.join('/'), message]);

  test('is refused when the type is none of ours, or the file is too large, and says what is', () => {
    expect(problems({ type: 'text/html' })?.[0]?.[0]).toBe('type');
    expect(problems({ size: 20 * 1024 * 1024 })).toBeUndefined();
    expect(problems({ size: 20 * 1024 * 1024 + 1 })).toEqual([
      ['size', '照片不能超过 20 MB，请压缩或者截取一段 / Photo: at most 20 MB; please send a smaller one'],
    ]);
    expect(
      problems({ type: 'video/mp4', size: EVIDENCE_TYPES['video/mp4'].mostBytes + 1 })?.[0]?.[1],
    ).toContain('200 MB');
    expect(problems({ size: 0 })?.[0]?.[0]).toBe('size');
    expect(problems({ name: '' })?.[0]?.[0]).toBe('name');
    expect(problems({ url: 'x' })).toHaveLength(1);
  });
});

let cases: ReturnType<typeof createMemoryCaseStore>;
let storage: MemoryEvidence;
let reads: (IdentityRead & { of: string })[];
let deps: api.EvidenceDependencies & CheckDependencies;
let now: Date;
let number: string;
beforeEach(async () => {
  cases = createMemoryCaseStore();
  storage = createMemoryEvidence();
  reads = [];
  now = new Date(MONDAY);
  deps = {
    cases,
    files: createMemoryEvidenceStore(),
    uploads: storage,
    objects: storage,
    complainants: { recordRead: async (read) => void reads.push({ ...read, of: 'complaint' }) },
    informers: { recordRead: async (read) => void reads.push({ ...read, of: 'report' }) },
    now: () => now,
    log: () => undefined,
  };
  number = (await keep(cases, stepsTo('accepted'))).number;
});

const bySecret = (secret = SECRET) => api.openBySecret(number, secret, deps);
const begin = async (offer: Parameters<typeof api.beginEvidence>[1] = OFFER) => {
  const answer = await api.beginEvidence(await bySecret(), offer, deps);
  return {
    status: answer.status,
    ...(answer.body as {
      evidence: { id: string; state: { code: string } };
      parts: { url: string; number: number }[];
    }),
  };
};
const complete = async (id: string) => {
  const { body } = await api.completeEvidence(await bySecret(), id, deps);
  return (body as { evidence: { state: { code: string }; reason: { code: string } | null } }).evidence;
};
/** Sends a file whole and says so. */
const send = async (
  bytes: Uint8Array,
  offer: Parameters<typeof begin>[0] = { ...OFFER, size: bytes.length },
) => {
  const { evidence, parts } = await begin(offer);
  for (const { url } of parts) storage.put(url, bytes);
  return { id: evidence.id, ...(await complete(evidence.id)) };
};
const stateOf = async (id: string) => {
  const found = await deps.files.evidence(number, id);
  return found?.reason ?? found?.state;
};

describe('sending a file', () => {
  test('begins once however often it is asked, and goes on with the parts that are missing', async () => {
    const size = PART_BYTES + 3;
    const first = await begin({ ...OFFER, size });
    expect([first.status, first.parts.length]).toEqual([201, 2]);
    storage.put(first.parts[0]?.url ?? '', new Uint8Array(PART_BYTES));
    const again = await begin({ ...OFFER, size });
    expect([again.status, again.evidence.id]).toEqual([200, first.evidence.id]);
    expect(again.parts.map((part) => part.number)).toEqual([2]);
    expect(storage.begun()).toBe(1);
    await expect(complete(first.evidence.id)).rejects.toMatchObject({ code: 'conflict' });
    storage.put(again.parts[0]?.url ?? '', new Uint8Array(3));
    expect((await complete(first.evidence.id)).state.code).toBe('checking');
    // Said twice, and asked for again: nothing is sent again.
    expect((await complete(first.evidence.id)).state.code).toBe('checking');
    expect((await begin({ ...OFFER, size })).parts).toEqual([]);
  });

  test('the same request twice at a time makes one upload; the other one is given up', async () => {
    const answers = await Promise.all([begin(), begin()]);
    expect(new Set(answers.map(({ evidence }) => evidence.id)).size).toBe(1);
    expect(storage.open()).toHaveLength(1);
    expect(answers.map(({ parts }) => parts.map(({ url }) => url))[0]).toEqual(
      answers[1]?.parts.map(({ url }) => url),
    );
  });

  test('more than was declared is given up, and the person is asked to choose it again', async () => {
    const { evidence, parts } = await begin();
    storage.put(parts[0]?.url ?? '', new Uint8Array(9), { unchecked: true });
    expect(await complete(evidence.id)).toMatchObject({
      state: { code: 'refused' },
      reason: { code: 'wrong-size' },
    });
    expect(storage.open()).toEqual([]);
    expect((await begin()).status).toBe(201);
  });

  test('an upload that was cleared away begins anew; one that was made a file and not marked goes on', async () => {
    const first = await begin();
    storage.clearAway();
    expect(await complete(first.evidence.id)).toMatchObject({ reason: { code: 'lost' } });
    const second = await begin();
    expect([second.status, second.evidence.id]).toEqual([201, first.evidence.id]);
    storage.put(second.parts[0]?.url ?? '', JPEG);
    // The answer to the first "complete" was lost, and with it the mark.
    await storage.completeAll();
    expect((await begin()).parts).toEqual([]);
    expect((await complete(first.evidence.id)).state.code).toBe('checking');
  });

  test('is refused with a wrong secret, on a case that is over, and for the twenty-first file', async () => {
    expect(await problemOf(() => bySecret('WRONG-00000'))).toMatchObject({ code: 'wrong-secret' });
    for (let at = 0; at < 20; at += 1) await begin({ ...OFFER, name: `${at}.jpg` });
    expect(await problemOf(() => begin())).toMatchObject({ code: 'conflict', errors: [{ field: 'number' }] });
    number = (await keep(cases, stepsTo('withdrawn', 1))).number;
    expect(await problemOf(() => begin())).toMatchObject({ code: 'conflict' });
  });

  test('the file of another case is not there', async () => {
    const { evidence } = await begin();
    number = (await keep(cases, stepsTo('accepted', 1))).number;
    expect(await problemOf(() => complete(evidence.id))).toMatchObject({ code: 'not-found' });
  });
});

describe('the check', () => {
  const check = (id: string) => checkEvidence({ number, id }, deps);

  test('keeps a file that is what it claims, under its own type, with its hash; twice is as once', async () => {
    const { id } = await send(JPEG);
    await check(id);
    const once = await deps.files.evidence(number, id);
    expect(once).toMatchObject({
      state: 'kept',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      keptAt: MONDAY,
    });
    expect(storage.keys()).toEqual([`checked/${number}/${id}`]);
    await check(id);
    expect(await deps.files.evidence(number, id)).toEqual(once);
    expect(storage.keys()).toEqual([`checked/${number}/${id}`]);
  });

  test('refuses a page that says it is a picture; choosing it again changes nothing', async () => {
    const page = ascii('<html><script>');
    const { id } = await send(page);
    await check(id);
    expect(await stateOf(id)).toBe('not-what-it-claims');
    expect(storage.keys()).toEqual([]);
    expect((await begin({ ...OFFER, size: page.length })).evidence.state.code).toBe('refused');
    expect(storage.open()).toEqual([]);
  });

  test('refuses what differs in size, and what is gone before it was looked at', async () => {
    const { id } = await send(JPEG);
    storage.replace(`incoming/${number}/${id}`, new Uint8Array(9));
    await check(id);
    expect(await stateOf(id)).toBe('wrong-size');
    const other = await send(JPEG, { ...OFFER, name: 'b.jpg' });
    await storage.remove(`incoming/${number}/${other.id}`);
    await check(other.id);
    expect(await stateOf(other.id)).toBe('lost');
  });

  test('before the sender has said that the file is whole, it settles it all the same; an old message does nothing', async () => {
    const { evidence, parts } = await begin();
    await check(evidence.id);
    expect(await stateOf(evidence.id)).toBe('uploading');
    storage.put(parts[0]?.url ?? '', JPEG);
    await storage.completeAll();
    await check(evidence.id);
    expect(await stateOf(evidence.id)).toBe('kept');
    expect((await complete(evidence.id)).state.code).toBe('kept');
  });

  test('that is overtaken by the word of the sender settles the file all the same', async () => {
    const { evidence, parts } = await begin();
    storage.put(parts[0]?.url ?? '', JPEG);
    await storage.completeAll();
    const sha256: typeof storage.sha256 = async (key, etag) => {
      await complete(evidence.id);
      return storage.sha256(key, etag);
    };
    await checkEvidence({ number, id: evidence.id }, { ...deps, objects: { ...storage, sha256 } });
    expect(await deps.files.evidence(number, evidence.id)).toMatchObject({ state: 'kept', version: 3 });
  });

  test('two at the same moment keep one file', async () => {
    const { id } = await send(JPEG);
    await Promise.all([check(id), check(id)]);
    expect(await stateOf(id)).toBe('kept');
    expect(storage.keys()).toEqual([`checked/${number}/${id}`]);
  });

  test('a file that nobody announced is deleted; a key of another kind is no message', async () => {
    storage.replace(`incoming/${number}/${'0'.repeat(32)}`, JPEG);
    await check('0'.repeat(32));
    expect(storage.keys()).toEqual([]);
    const key = (name: string) => evidenceArrived.safeParse({ key: name, size: 1 }).success;
    expect(key(`incoming/${number}/${'0'.repeat(32)}`)).toBe(true);
    expect(key(`incoming/${number}/../../checked`)).toBe(false);
    expect(key(`incoming/261116-000001-1/${'0'.repeat(32)}`)).toBe(false);
  });

  test('after the case was erased nothing stays: neither file nor name', async () => {
    const { id } = await send(JPEG);
    await check(id);
    const late = await send(JPEG, { ...OFFER, name: 'b.jpg' });
    const eraser = createEvidenceEraser(deps.files, storage);
    await eraser.erase(number, 'complaint');
    await eraser.erase(number, 'complaint');
    expect(storage.keys()).toEqual([]);
    storage.replace(`incoming/${number}/${late.id}`, JPEG);
    await check(late.id);
    expect(storage.keys()).toEqual([]);
    const all = await deps.files.ofCase(number);
    expect(all.map(({ name, state }) => [name, state])).toEqual([
      ['', 'erased'],
      ['', 'erased'],
    ]);
    expect((await api.listEvidence(await bySecret(), deps)).body).toMatchObject({ evidence: [] });
  });
});

describe('at the desk', () => {
  const officer = { ...staff('officer', STATION_A1.at(-1)), id: 'officer-a1' };
  const take = async (id: string, who: typeof officer = officer) =>
    api.takeFile(await api.openAtDesk(number, who, deps), id, deps);

  test('a checked file is handed out as a file to save, and the reading is on record', async () => {
    const { id } = await send(JPEG);
    expect(await problemOf(() => take(id))).toMatchObject({ code: 'conflict' });
    expect(reads).toEqual([]);
    await checkEvidence({ number, id }, deps);
    const { url } = (await take(id)).body as { url: string };
    expect(url).toContain(`checked/${number}/${id}`);
    expect(reads).toEqual([
      { number, at: MONDAY, staff: officer.id, role: 'officer', reason: 'evidence', of: 'complaint' },
    ]);
  });

  test('a scan is put to a case by those who may make a note on it, by nobody else', async () => {
    const auditor = staff('auditor');
    const opened = await api.openAtDesk(number, officer, deps);
    const { body } = await api.beginEvidence(opened, OFFER, deps);
    const { id } = (body as { evidence: { id: string } }).evidence;
    expect(await deps.files.evidence(number, id)).toMatchObject({ by: 'staff', staff: officer.id });
    // An inner paper, perhaps: who has the secret does not see that there is one.
    expect((await api.listEvidence(await bySecret(), deps)).body).toMatchObject({ evidence: [] });
    expect(await problemOf(() => complete(id))).toMatchObject({ code: 'not-found' });
    expect((await begin()).evidence.id).not.toBe(id);
    const reading = await api.openAtDesk(number, auditor, deps);
    expect((await api.listEvidence(reading, deps)).body).toMatchObject({
      evidence: [{ id }, { by: 'consumer' }],
      mayAdd: false,
    });
    expect(await problemOf(() => api.beginEvidence(reading, OFFER, deps))).toMatchObject({
      code: 'forbidden',
    });
    const stranger = staff('officer', '33028101');
    expect(await problemOf(() => api.openAtDesk(number, stranger, deps))).toMatchObject({
      code: 'not-found',
    });
  });

  test('the files of a report are for those on it, and who reads them is kept with the informers', async () => {
    number = (await keep(cases, stepsTo('report-closed', 1, MONDAY, 'report'))).number;
    const on = staff('manager');
    const dispatcher = staff('dispatcher');
    expect(await problemOf(() => api.openAtDesk(number, dispatcher, deps))).toMatchObject({
      code: 'forbidden',
    });
    const { body } = await api.beginEvidence(await api.openAtDesk(number, on, deps), OFFER, deps);
    const { evidence, parts } = body as { evidence: { id: string }; parts: { url: string }[] };
    storage.put(parts[0]?.url ?? '', JPEG);
    await api.completeEvidence(await api.openAtDesk(number, on, deps), evidence.id, deps);
    await checkEvidence({ number, id: evidence.id }, deps);
    await take(evidence.id, on);
    expect(reads.map(({ of }) => of)).toEqual(['report']);
  });
});
