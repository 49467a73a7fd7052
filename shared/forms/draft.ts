import * as z from 'zod';
import type { Case } from '../case/case.ts';
import type { CaseNumber } from '../case/case-number.ts';
import type { Clock } from '../dates.ts';
import { Problem } from '../http/problem.ts';
import type { Answer } from '../http/stack.ts';
import type { Log } from '../logging.ts';
import { mayReadIdentity, viewOf } from '../people/access.ts';
import type { Staff } from '../people/roles.ts';
import type { CaseStore, IdentityStore } from '../store/case-store.ts';
import type { RegistryStore } from '../store/registry-store.ts';
import { fillForm, missingValues, paragraphsOf } from './fill-form.ts';
import { type Fonts, unrenderable } from './fonts.ts';
import { FORMS, type FormId, type FormValues } from './forms.ts';
import { renderDocx } from './render-docx.ts';
import { renderPdf } from './render-pdf.ts';
import { valuesOf } from './values-of-case.ts';

export interface DraftDependencies {
  cases: CaseStore;
  /** Who complained, or who informed: a function has the right to one of them only. */
  people: IdentityStore;
  /** The kinds of case whose people this function may read. */
  serves: 'complaint' | 'report';
  registry: RegistryStore;
  fonts: Fonts;
  now: Clock;
  log: Log;
}

export const formParameters = z.object({ form: z.enum(Object.keys(FORMS) as [FormId, ...FormId[]]) });

export const formQuery = z.strictObject({
  format: z.enum(['pdf', 'docx', 'json']).default('pdf').describe('json: the wording, for a preview'),
  party: z.enum(['complainant', 'business']).default('complainant').describe('Whose copy of forms 7 and 8'),
});

const LONGEST_TYPED = 10_000;

/** POST …/forms/{form}: what an officer has typed of the step that would issue it, by the names of its fields. */
export const previewRequest = z.strictObject({
  values: z
    .record(z.string().max(40), z.union([z.string().max(LONGEST_TYPED), z.number().int(), z.boolean()]))
    .describe('As the step takes them; sums in fen. Nothing is checked or kept'),
});

const TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/**
 * Draws one of the ten forms from a case. A form that a step issued bears its number and date; any other is a draft
 * with blanks. People's names stand in forms: the reading is put on record first.
 */
export async function draftForm(
  number: CaseNumber,
  form: FormId,
  { format, party }: z.output<typeof formQuery>,
  staff: Staff,
  deps: DraftDependencies,
): Promise<Answer> {
  const found = await openForForm(number, form, staff, deps);
  const issue = found.forms.findLast((one) => one.form === form);
  const [identity, issued, registry] = await Promise.all([
    deps.people.identity(number),
    issue && deps.cases.event(number, issue.version),
    deps.registry.read(),
  ]);
  const documentNumber = issue?.documentNumber;
  const values = valuesOf(form, { found, identity, issued, documentNumber, registry, party });
  deps.log('form-drafted', { staff: staff.id, number, form, format });
  if (format === 'json') return wording(form, values, documentNumber, deps);
  const filled = fillForm(form, values);
  const bytes = format === 'pdf' ? await renderPdf(filled, deps.fonts) : await renderDocx(filled);
  return {
    status: 200,
    body: bytes,
    headers: {
      'content-type': TYPES[format],
      // No name of a person or a business in the name of the file.
      'content-disposition': `attachment; filename="${form}-${number}.${format}"`,
    },
  };
}

/** The wording of a form as the step would issue it now: without a number and a date, blank where nothing is typed. */
export async function previewForm(
  number: CaseNumber,
  form: FormId,
  { values: typed }: z.output<typeof previewRequest>,
  staff: Staff,
  deps: DraftDependencies,
): Promise<Answer> {
  const found = await openForForm(number, form, staff, deps);
  const [identity, registry] = await Promise.all([deps.people.identity(number), deps.registry.read()]);
  const words = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, String(value)]));
  const issued = { facts: typed, words };
  const source = { found, identity, issued, documentNumber: undefined, registry };
  const values = valuesOf(form, { ...source, party: 'complainant' });
  deps.log('form-previewed', { staff: staff.id, number, form });
  return wording(form, values, undefined, deps);
}

/** The case for somebody who may read its names in this form; the reading is put on record. */
async function openForForm(
  number: CaseNumber,
  form: FormId,
  staff: Staff,
  deps: DraftDependencies,
): Promise<Case> {
  const found = await deps.cases.case(number);
  if (found === undefined || viewOf(found, staff) === 'none') throw new Problem('not-found');
  if ((found.kind === 'report') !== (deps.serves === 'report')) throw new Problem('not-found');
  if (!mayReadIdentity(found, staff)) throw new Problem('forbidden');
  checkFits(found, form);
  const at = deps.now().toISOString();
  await deps.people.recordRead({ number, at, staff: staff.id, role: staff.role, reason: form });
  return found;
}

function wording<Id extends FormId>(
  form: Id,
  values: FormValues<Id>,
  documentNumber: string | undefined,
  { fonts }: DraftDependencies,
): Answer {
  const filled = fillForm(form, values);
  return {
    status: 200,
    body: {
      form,
      title: filled.title,
      documentNumber: documentNumber ?? null,
      paragraphs: paragraphsOf(filled),
      missing: missingValues(form, values),
      unrenderable: unrenderable(filled, fonts),
    },
  };
}

function checkFits(found: Case, form: FormId): void {
  const { matter } = FORMS[form];
  const kind = found.kind === 'report' ? 'report' : 'complaint';
  if (matter === 'either' || matter === kind) return;
  throw new Problem('bad-request', [
    {
      field: 'form',
      zh: '这份文书不适用于本案类型',
      en: 'This form is not for cases of this kind',
    },
  ]);
}
