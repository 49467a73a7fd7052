import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { deskEntry, importFile, importRows, pastedText } from '../../events/desk-entry.ts';
import { idempotencyKey } from '../../events/idempotency-key.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { LARGEST_FILE, parseBody, parseHeader, parseValue } from '../../shared/http/parse.ts';
import type { Route } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import { enterOne, enterRows } from './enter.ts';
import { type PreviewDependencies, previewImport, readPaste } from './preview.ts';

/** The routes of this function, each with what it reads out of the request. */
export function enterRoutes(
  deps: Omit<PreviewDependencies, 'parseEntry'>,
): Record<string, Route<APIGatewayProxyEventV2WithJWTAuthorizer>> {
  const today = () => shanghaiDate(deps.now());
  const [entry, file, rows] = [deskEntry(today), importFile(today), importRows(today)];
  const parseEntry = (draft: unknown) => parseValue(draft, entry);
  return {
    'POST /desk/entries': async (event) =>
      enterOne(
        parseBody(event, entry),
        parseHeader(event, 'idempotency-key', idempotencyKey),
        staffOf(event),
        deps,
      ),
    'POST /desk/entries/read': async (event) => readPaste(parseBody(event, pastedText), staffOf(event), deps),
    'POST /desk/imports/preview': async (event) =>
      previewImport(parseBody(event, file, LARGEST_FILE), staffOf(event), { ...deps, parseEntry }),
    'POST /desk/imports': async (event) =>
      enterRows(parseBody(event, rows, LARGEST_FILE), staffOf(event), deps),
  };
}
