import type { Assembly, Resource } from './assembly.ts';
import { StartFailure } from './errors.ts';
import { physicalName } from './identities.ts';
import type { Resolver } from './resolver.ts';

/** A resource with its intrinsics resolved. */
export interface Resolved<T> {
  resource: Resource;
  name: string;
  properties: T;
}

/** The resources of all stacks that exist under the given parameters. */
export class Template {
  readonly resources: Resource[];
  readonly assembly: Assembly;
  readonly resolver: Resolver;

  constructor(assembly: Assembly, resolver: Resolver) {
    this.assembly = assembly;
    this.resolver = resolver;
    this.resources = [...assembly.stacks.values()]
      .flatMap((stack) => [...stack.resources.values()])
      .filter((resource) => resolver.exists(resource));
  }

  /** The resources of these types, resolved. */
  ofType<T>(...types: string[]): Resolved<T>[] {
    return this.resources
      .filter(({ type }) => types.includes(type))
      .map((resource) => this.resolved<T>(resource));
  }

  resolved<T>(resource: Resource): Resolved<T> {
    return {
      resource,
      name: physicalName(resource, this.resolver),
      properties: this.resolver.properties(resource) as T,
    };
  }

  /** The one resource with this logical id, or whose construct path ends with it. */
  find(logicalIdOrPath: string): Resource {
    const byId = this.resources.filter(({ logicalId }) => logicalId === logicalIdOrPath);
    const byPath = this.resources.filter(({ constructPath }) =>
      `/${constructPath}`.endsWith(`/${logicalIdOrPath}`),
    );
    const found = byId.length > 0 ? byId : byPath;
    if (found.length === 1) return found[0] as Resource;
    const which =
      found.map(({ stack, constructPath }) => `${stack}: ${constructPath}`).join(', ') || 'nothing';
    throw new StartFailure(
      `${logicalIdOrPath} should name one resource of the template, but names ${which}.`,
    );
  }
}
