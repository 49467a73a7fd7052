/**
 * Which records of a batch have to be tried again, from what the function answered.
 * As in Lambda: no answer or an empty list means success, and anything malformed means that the whole batch
 * failed, because deleting a message that was not handled would lose it.
 */
export function failedIdentifiers(payload: string | undefined, identifiers: string[]): string[] {
  const answer = payload === undefined ? undefined : JSON.parse(payload);
  const failures = answer?.batchItemFailures;
  if (failures === undefined || failures === null) return [];
  const failed = Array.isArray(failures) ? failures.map((failure) => failure?.itemIdentifier) : [undefined];
  return failed.every((identifier) => identifiers.includes(identifier)) ? failed : identifiers;
}
