import type { Resource } from './assembly.ts';
import { messageOf, StartFailure } from './errors.ts';
import { intrinsicCall, type Resolver } from './resolver.ts';
import { inertTypes, runTypes } from './supported.ts';

/**
 * Stops the start if the template holds anything that would be silently ignored: a type or a property
 * that `supported.ts` does not list, or a value that cannot be resolved. Names all of them at once.
 */
export function checkSupported(resources: Resource[], resolver: Resolver): void {
  const problems = resources.flatMap((resource) => problemsOf(resource, resolver));
  if (problems.length === 0) return;
  throw new StartFailure(
    `The template holds what the local runtime does not know (infra/local/supported.ts):\n  ${problems.join('\n  ')}`,
  );
}

function problemsOf(resource: Resource, resolver: Resolver): string[] {
  const name = `${resource.stack}/${resource.logicalId} (${resource.type})`;
  const runType = runTypes[resource.type];
  if (!runType) return isInert(resource.type) ? [] : [`${name}: unknown resource type`];
  const known = [...runType.honoured, ...runType.inert];
  const unknown = unknownPaths(resolver.pruned(resource), '', known);
  if (unknown.length > 0) return unknown.map((path) => `${name}: unknown property ${path}`);
  return unresolvable(resource, resolver);
}

/** Why the properties cannot be resolved, if so. The values themselves do not count yet: no server has an address. */
function unresolvable(resource: Resource, resolver: Resolver): string[] {
  try {
    resolver.properties(resource);
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}

function isInert(type: string): boolean {
  return inertTypes.some((inert) =>
    inert.endsWith('*') ? type.startsWith(inert.slice(0, -1)) : type === inert,
  );
}

/** Paths below `value` that no known path covers. Items of a list share their list's path. */
function unknownPaths(value: unknown, path: string, known: string[]): string[] {
  if (known.includes(path)) return [];
  const leadsToKnown = path === '' || known.some((knownPath) => knownPath.startsWith(`${path}.`));
  if (!leadsToKnown || typeof value !== 'object' || value === null || intrinsicCall(value)) return [path];
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => unknownPaths(item, path, known)))];
  return Object.entries(value).flatMap(([key, part]) =>
    unknownPaths(part, path === '' ? key : `${path}.${key}`, known),
  );
}
