import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from './errors.ts';

/** A resource of a template, with its intrinsic functions not yet resolved. */
export interface Resource {
  stack: string;
  logicalId: string;
  /** Path in the construct tree, such as `hotline-stateless/Relay`; the logical id where CDK tells none. */
  constructPath: string;
  type: string;
  condition: string | undefined;
  properties: Record<string, unknown>;
}

/** One stack of the assembly. */
export interface StackTemplate {
  name: string;
  parameters: Record<string, { Default?: unknown }>;
  conditions: Record<string, unknown>;
  mappings: Record<string, Record<string, Record<string, unknown>>>;
  outputs: Record<string, { Value: unknown; Condition?: string; Export?: { Name: unknown } }>;
  resources: Map<string, Resource>;
}

/** What `cdk synth` wrote: the stacks, and where each asset lies. */
export interface Assembly {
  stacks: Map<string, StackTemplate>;
  /** Object key of an asset (`<hash>.zip`) → its directory or file. */
  assets: Map<string, string>;
}

/** The parts of CDK's files that are read here. */
interface Manifest {
  artifacts: Record<string, Artifact>;
}
interface Artifact {
  type: string;
  properties?: { file?: string; stackName?: string; templateFile?: string };
  additionalMetadataFile?: string;
  metadata?: Metadata;
}
type Metadata = Record<string, { type: string; data?: unknown }[]>;
interface AssetManifest {
  files: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>;
}
interface TemplateFile {
  Parameters?: StackTemplate['parameters'];
  Conditions?: StackTemplate['conditions'];
  Mappings?: StackTemplate['mappings'];
  Outputs?: StackTemplate['outputs'];
  Resources?: Record<string, { Type: string; Condition?: string; Properties?: Record<string, unknown> }>;
}

const readJson = (dir: string, file = ''): unknown => JSON.parse(readFileSync(join(dir, file), 'utf8'));

/** Reads a synthesized cloud assembly, leaving out the stacks named in `skipStacks`. */
export function readAssembly(dir: string, skipStacks: string[] = []): Assembly {
  const manifest = readJson(dir, 'manifest.json') as Manifest;
  const assembly: Assembly = { stacks: new Map(), assets: new Map() };
  for (const [id, artifact] of Object.entries(manifest.artifacts)) {
    if (artifact.type === 'cdk:cloud-assembly') {
      throw new StartFailure(`The assembly ${dir} holds a nested assembly (${id}): not supported locally.`);
    }
    if (artifact.type === 'cdk:asset-manifest') readAssets(dir, artifact, assembly.assets);
    const stackName = artifact.properties?.stackName ?? id;
    if (artifact.type === 'aws:cloudformation:stack' && !skipStacks.includes(stackName)) {
      assembly.stacks.set(stackName, readStack(dir, stackName, artifact));
    }
  }
  return assembly;
}

function readAssets(dir: string, artifact: Artifact, assets: Map<string, string>) {
  const { files } = readJson(dir, artifact.properties?.file) as AssetManifest;
  for (const { source, destinations } of Object.values(files)) {
    for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, join(dir, source.path));
  }
}

function readStack(dir: string, name: string, artifact: Artifact): StackTemplate {
  const template = readJson(dir, artifact.properties?.templateFile) as TemplateFile;
  const { additionalMetadataFile, metadata = {} } = artifact;
  const paths = constructPaths(
    additionalMetadataFile ? (readJson(dir, additionalMetadataFile) as Metadata) : metadata,
  );
  const resources = Object.entries(template.Resources ?? {}).map(
    ([logicalId, { Type, Condition, Properties }]): [string, Resource] => [
      logicalId,
      {
        stack: name,
        logicalId,
        constructPath: paths.get(logicalId) ?? logicalId,
        type: Type,
        condition: Condition,
        properties: Properties ?? {},
      },
    ],
  );
  return {
    name,
    parameters: template.Parameters ?? {},
    conditions: template.Conditions ?? {},
    mappings: template.Mappings ?? {},
    outputs: template.Outputs ?? {},
    resources: new Map(resources),
  };
}

/** Logical id → path of the construct that made it (`/stack/Queue/Resource` → `stack/Queue`). */
function constructPaths(metadata: Metadata): Map<string, string> {
  const paths = new Map<string, string>();
  for (const [path, entries] of Object.entries(metadata)) {
    const logicalId = entries.find(({ type }) => type === 'aws:cdk:logicalId')?.data;
    if (typeof logicalId === 'string') paths.set(logicalId, path.slice(1).replace(/\/Resource$/, ''));
  }
  return paths;
}
