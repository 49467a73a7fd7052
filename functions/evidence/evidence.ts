import type { Case } from '../../shared/case/case.ts';
import type { CaseNumber } from '../../shared/case/case-number.ts';
import { stateView } from '../../shared/case/case-view.ts';
import type { Clock } from '../../shared/dates.ts';
import * as files from '../../shared/evidence/evidence.ts';
import { missingParts, PART_BYTES } from '../../shared/evidence/parts.ts';
import { MOST_FILES } from '../../shared/evidence/types.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { trackedCase } from '../../shared/http/tracked-case.ts';
import type { Log } from '../../shared/logging.ts';
import { mayAttach, viewOf } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { CaseStore, IdentityStore } from '../../shared/store/case-store.ts';
import type { EvidenceUploads } from '../../shared/store/evidence-objects.ts';
import type { EvidenceStore } from '../../shared/store/evidence-store.ts';

export interface EvidenceDependencies {
  cases: Pick<CaseStore, 'case'>;
  files: EvidenceStore;
  uploads: EvidenceUploads;
  /** Where readings of complaints and of reports are put on record. */
  complainants: Pick<IdentityStore, 'recordRead'>;
  informers: Pick<IdentityStore, 'recordRead'>;
  now: Clock;
  log: Log;
}

/** A case whose files somebody may see, and who it is. */
export interface Opened {
  found: Case;
  by: 'consumer' | 'staff';
  staff?: Staff | undefined;
  mayAdd: boolean;
}

/** Opens a case by its tracking secret. While it is not over, files may be added. */
export async function openBySecret(
  number: CaseNumber,
  secret: string,
  { cases }: Pick<EvidenceDependencies, 'cases'>,
): Promise<Opened> {
  const found = await trackedCase(number, secret, cases);
  return { found, by: 'consumer', mayAdd: found.erased !== true && !stateView(found).final };
}

/** Opens a case for somebody of the staff who sees it in full. */
export async function openAtDesk(
  number: CaseNumber,
  staff: Staff,
  { cases }: Pick<EvidenceDependencies, 'cases'>,
): Promise<Opened> {
  const found = await cases.case(number);
  const view = found === undefined ? 'none' : viewOf(found, staff);
  if (found === undefined || view === 'none') throw new Problem('not-found');
  if (view !== 'full') throw new Problem('forbidden');
  return { found, by: 'staff', staff, mayAdd: found.erased !== true && mayAttach(found, staff) };
}

/** Which files go with the case. */
export async function listEvidence(opened: Opened, deps: EvidenceDependencies): Promise<Answer> {
  const all = await deps.files.ofCase(opened.found.number);
  const evidence = all.filter((one) => isShown(one, opened)).map(viewOfFile);
  return { status: 200, body: { evidence, most: MOST_FILES, mayAdd: opened.mayAdd } };
}

/** Begins to send a file. The same file of the same case is begun once: who repeats it goes on with it. */
export async function beginEvidence(
  opened: Opened,
  offered: files.Offered,
  deps: EvidenceDependencies,
): Promise<Answer> {
  const { number } = opened.found;
  checkMayAdd(opened);
  const id = files.evidenceId({ number, by: opened.by }, offered);
  const known = await deps.files.evidence(number, id);
  if (known !== undefined && !(await isToBeginAnew(known, deps))) return uploadAnswer(200, known, deps);
  const ofSide = (await deps.files.ofCase(number)).filter(({ by }) => by === opened.by);
  if (known === undefined && !files.hasRoom(ofSide, deps.now())) throw full();

  const key = files.incomingKey({ number, id });
  const uploadId = await deps.uploads.begin(key, offered.type);
  const evidence = files.begun(known, offered, {
    number,
    by: opened.by,
    staff: opened.staff?.id,
    begunAt: deps.now().toISOString(),
    uploadId,
  });
  if ((await deps.files.save(evidence)) === 'conflict') {
    // The same request came twice at a time: the other one is the upload.
    await deps.uploads.abort(key, uploadId);
    return showEvidence(opened, evidence.id, deps);
  }
  deps.log('evidence-begun', { number, type: evidence.type, size: evidence.size, by: evidence.by });
  return uploadAnswer(201, evidence, deps);
}

/** How a file stands, and which parts are still to be sent: after a lost network or a closed page. */
export async function showEvidence(opened: Opened, id: string, deps: EvidenceDependencies): Promise<Answer> {
  return uploadAnswer(200, await fileOf(opened, id, deps), deps);
}

/** All parts were sent: makes one file of them if they are what was declared. Safe to say twice. */
export async function completeEvidence(
  opened: Opened,
  id: string,
  deps: EvidenceDependencies,
): Promise<Answer> {
  checkMayAdd(opened);
  const evidence = await fileOf(opened, id, deps);
  const next = evidence.state === 'uploading' ? await completed(evidence, deps) : undefined;
  if (next !== undefined && (await deps.files.save(next)) === 'saved') {
    deps.log('evidence-arrived', { number: next.number, state: next.state, reason: next.reason ?? '' });
    return { status: 200, body: { evidence: viewOfFile(next) } };
  }
  // Nothing to do, or the check was quicker.
  return { status: 200, body: { evidence: viewOfFile(await fileOf(opened, id, deps)) } };
}

/** Where somebody of the staff can take a checked file from. The reading is put on record first. */
export async function takeFile(opened: Opened, id: string, deps: EvidenceDependencies): Promise<Answer> {
  const { found, staff } = opened;
  const evidence = await fileOf(opened, id, deps);
  if (staff === undefined) throw new Problem('forbidden');
  if (evidence.state !== 'kept') throw notYet();
  const people = found.kind === 'report' ? deps.informers : deps.complainants;
  const at = deps.now().toISOString();
  await people.recordRead({
    number: found.number,
    at,
    staff: staff.id,
    role: staff.role,
    reason: 'evidence',
  });
  deps.log('evidence-read', { number: found.number, staff: staff.id });
  return { status: 200, body: { url: await deps.uploads.urlOfFile(files.checkedKey(evidence), evidence) } };
}

/** The file after all of its parts were sent. */
async function completed(
  evidence: files.Evidence,
  { uploads }: EvidenceDependencies,
): Promise<files.Evidence | undefined> {
  const key = files.incomingKey(evidence);
  const { uploadId = '', size } = evidence;
  const parts = await uploads.arrived(key, uploadId);
  if (parts === undefined) {
    // Made one file of before, by a request whose answer was lost; or cleared away after a day.
    const whole = (await uploads.size(key)) === size;
    return whole ? files.arrived(evidence) : files.refused(evidence, 'lost');
  }
  if (parts.reduce((sum, part) => sum + part.size, 0) > size) {
    await uploads.abort(key, uploadId);
    return files.refused(evidence, 'wrong-size');
  }
  if (missingParts(size, parts).length > 0) throw notWhole();
  if ((await uploads.complete(key, uploadId, parts)) === 'changed') throw notWhole();
  return files.arrived(evidence);
}

/** True when nothing of the file is left at the storage, or it came to grief on its way. */
async function isToBeginAnew(evidence: files.Evidence, { uploads }: EvidenceDependencies): Promise<boolean> {
  if (evidence.state !== 'uploading') return files.maySendAgain(evidence);
  const key = files.incomingKey(evidence);
  if ((await uploads.arrived(key, evidence.uploadId ?? '')) !== undefined) return false;
  return (await uploads.size(key)) === undefined;
}

async function fileOf(opened: Opened, id: string, deps: EvidenceDependencies): Promise<files.Evidence> {
  const evidence = await deps.files.evidence(opened.found.number, id);
  if (evidence === undefined || !isShown(evidence, opened)) throw new Problem('not-found');
  return evidence;
}

/** What staff attach may be an inner paper: who has the secret sees what was sent with it. */
function isShown({ state, by }: files.Evidence, opened: Opened): boolean {
  return state !== 'erased' && (opened.by === 'staff' || by === 'consumer');
}

async function uploadAnswer(
  status: number,
  evidence: files.Evidence,
  { uploads }: EvidenceDependencies,
): Promise<Answer> {
  const { state, size, uploadId } = evidence;
  const key = files.incomingKey(evidence);
  const there = state === 'uploading' ? await uploads.arrived(key, uploadId ?? '') : undefined;
  const parts = there === undefined ? [] : missingParts(size, there);
  return {
    status,
    body: {
      evidence: viewOfFile(evidence),
      partBytes: PART_BYTES,
      parts: await Promise.all(
        parts.map(async (part) => ({ ...part, url: await uploads.urlOfPart(key, uploadId ?? '', part) })),
      ),
    },
  };
}

function viewOfFile({ id, name, type, size, state, reason, by, begunAt }: files.Evidence) {
  return {
    id,
    name,
    type,
    size,
    state: { code: state, ...files.EVIDENCE_STATES[state] },
    reason: reason === undefined ? null : { code: reason, ...files.REFUSALS[reason] },
    by,
    begunAt,
  };
}

function checkMayAdd({ by, mayAdd }: Opened): void {
  if (mayAdd) return;
  if (by === 'staff') throw new Problem('forbidden');
  throw new Problem('conflict', [
    {
      field: 'number',
      zh: '这件已经办结，不能再补充证据；有新情况请另行提交或者拨打 12315',
      en: 'This case is closed and takes no more evidence; file again or call 12315',
    },
  ]);
}

const full = () =>
  new Problem('conflict', [
    {
      field: 'number',
      zh: `每件最多 ${MOST_FILES} 个文件，已经满了；更多证据请交给承办人`,
      en: `A case takes ${MOST_FILES} files, which are there; please give further ones to the officer`,
    },
  ]);
const notWhole = () =>
  new Problem('conflict', [
    { field: 'id', zh: '还没有传完，请继续上传', en: 'Not all of it has arrived; please go on sending' },
  ]);
const notYet = () =>
  new Problem('conflict', [
    { field: 'id', zh: '这个文件还没有检查通过，不能打开', en: 'This file has not passed its check' },
  ]);
