import type { Assembly, Resource, StackTemplate } from './assembly.ts';
import { StartFailure } from './errors.ts';

/** Values of CloudFormation's pseudo parameters on this machine: the ones DynamoDB Local and fauxqs use. */
export const region = 'us-east-1';
export const accountId = '000000000000';
const pseudoParameters: Record<string, unknown> = {
  'AWS::AccountId': accountId,
  'AWS::NotificationARNs': [],
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Stands for `AWS::NoValue`: whatever holds it loses that property. */
const noValue = Symbol('AWS::NoValue');

/** Parameter values for all stacks (`{ Stage: 'local' }`) or for one (`{ 'hotline-pages': { … } }`). */
export type ParameterValues = Record<string, string | Record<string, string>>;

/** `Fn::Sub` with its own variables. */
type SubArguments = [string, Record<string, unknown>];

/** What a resource's `Ref` and attributes are. */
export type IdentityOf = (resource: Resource, attribute: string, resolver: Resolver) => unknown;

/** Resolves the intrinsic functions of a template; refuses those it does not know, by name. */
export class Resolver {
  private readonly assembly: Assembly;
  private readonly parameters: ParameterValues;
  private readonly identityOf: IdentityOf;

  constructor(assembly: Assembly, parameters: ParameterValues, identityOf: IdentityOf) {
    this.assembly = assembly;
    this.parameters = parameters;
    this.identityOf = identityOf;
  }

  /** The resource's properties with every intrinsic resolved. */
  properties(resource: Resource): unknown {
    return this.resolve(resource.properties, this.stack(resource.stack));
  }

  /** One property of the resource, resolved. */
  property(resource: Resource, name: string): unknown {
    return this.resolve(resource.properties[name], this.stack(resource.stack));
  }

  /** What `Ref` (attribute `Ref`) or `Fn::GetAtt` gives for a resource. */
  identity(resource: Resource, attribute: string): unknown {
    return this.identityOf(resource, attribute, this);
  }

  /** Whether the resource's condition holds (it does where it has none). */
  exists(resource: Resource): boolean {
    return resource.condition === undefined || this.holds(resource.condition, this.stack(resource.stack));
  }

  /** The value of a parameter in the first stack that has it. */
  parameterValue(name: string): string | undefined {
    const stack = [...this.assembly.stacks.values()].find((candidate) => name in candidate.parameters);
    return stack && String(this.parameter(name, stack));
  }

  /** Outputs of every stack: `<stack>.<output>` → value. */
  outputs(): Record<string, unknown> {
    const outputs: Record<string, unknown> = {};
    for (const stack of this.assembly.stacks.values()) {
      for (const [name, output] of Object.entries(stack.outputs)) {
        if (output.Condition && !this.holds(output.Condition, stack)) continue;
        outputs[`${stack.name}.${name}`] = this.resolve(output.Value, stack);
      }
    }
    return outputs;
  }

  /** Resolves only `Fn::If`, which needs parameters alone, so that a template can be checked before anything runs. */
  pruned(resource: Resource): Record<string, unknown> {
    const stack = this.stack(resource.stack);
    const prune = (value: unknown): unknown => {
      const call = intrinsicCall(value);
      if (call?.name === 'Fn::If') return prune(this.branch(call.argument, stack));
      if (call?.name === 'Ref' && call.argument === 'AWS::NoValue') return noValue;
      return call ? value : mapValue(value, prune);
    };
    return prune(resource.properties) as Record<string, unknown>;
  }

  private stack(name: string): StackTemplate {
    const stack = this.assembly.stacks.get(name);
    if (!stack) throw new StartFailure(`There is no stack ${name}.`);
    return stack;
  }

  private resolve(value: unknown, stack: StackTemplate): unknown {
    const call = intrinsicCall(value);
    if (!call) return mapValue(value, (part) => this.resolve(part, stack));
    const intrinsic = this.intrinsics[call.name];
    if (!intrinsic)
      throw new StartFailure(`${stack.name}: intrinsic function ${call.name} is not supported locally.`);
    return intrinsic(call.argument, stack);
  }

  private readonly intrinsics: Record<string, (argument: unknown, stack: StackTemplate) => unknown> = {
    Ref: (name, stack) => this.ref(name as string, stack),
    'Fn::GetAtt': (argument, stack) => {
      const [logicalId = '', ...attribute] =
        typeof argument === 'string' ? argument.split('.') : (argument as string[]);
      return this.attribute(logicalId, attribute.join('.'), stack);
    },
    'Fn::Sub': (argument, stack) => {
      const [text, variables] = (typeof argument === 'string' ? [argument, {}] : argument) as SubArguments;
      return text.replace(/\$\{(!?)([^}]+)\}/g, (_: string, literal: string, name: string) => {
        if (literal) return `\${${name}}`;
        if (name in variables) return String(this.resolve(variables[name], stack));
        const [logicalId = '', ...attribute] = name.trim().split('.');
        const isAttribute = attribute.length > 0;
        return String(
          isAttribute ? this.attribute(logicalId, attribute.join('.'), stack) : this.ref(logicalId, stack),
        );
      });
    },
    'Fn::Join': (argument, stack) => {
      const [separator, parts] = this.resolve(argument, stack) as [string, unknown[]];
      return parts.join(separator);
    },
    'Fn::Select': (argument, stack) => {
      const [index, list] = this.resolve(argument, stack) as [string | number, unknown[]];
      return list[Number(index)];
    },
    'Fn::Split': (argument, stack) => {
      const [separator, text] = this.resolve(argument, stack) as [string, string];
      return text.split(separator);
    },
    'Fn::If': (argument, stack) => this.resolve(this.branch(argument, stack), stack),
    'Fn::ImportValue': (argument, stack) => this.importValue(String(this.resolve(argument, stack)), stack),
    'Fn::FindInMap': (argument, stack) => {
      const [map, top, second] = this.resolve(argument, stack) as [string, string, string];
      return this.resolve(stack.mappings[map]?.[top]?.[second], stack);
    },
  };

  private ref(name: string, stack: StackTemplate): unknown {
    if (name === 'AWS::NoValue') return noValue;
    if (name === 'AWS::StackName') return stack.name;
    if (name === 'AWS::StackId')
      return `arn:aws:cloudformation:${region}:${accountId}:stack/${stack.name}/local`;
    if (name in pseudoParameters) return pseudoParameters[name];
    if (name in stack.parameters) return this.parameter(name, stack);
    return this.attribute(name, 'Ref', stack);
  }

  private parameter(name: string, stack: StackTemplate): unknown {
    const ofStack = this.parameters[stack.name];
    const given = (typeof ofStack === 'object' ? ofStack[name] : undefined) ?? this.parameters[name];
    const value = given ?? stack.parameters[name]?.Default;
    if (value === undefined)
      throw new StartFailure(`${stack.name}: parameter ${name} has no value and no default.`);
    return value;
  }

  private attribute(logicalId: string, attribute: string, stack: StackTemplate): unknown {
    const resource = stack.resources.get(logicalId);
    if (!resource) throw new StartFailure(`${stack.name}: there is no resource ${logicalId}.`);
    return this.identity(resource, attribute);
  }

  private importValue(exportName: string, importer: StackTemplate): unknown {
    for (const stack of this.assembly.stacks.values()) {
      for (const output of Object.values(stack.outputs)) {
        if (output.Export && this.resolve(output.Export.Name, stack) === exportName) {
          return this.resolve(output.Value, stack);
        }
      }
    }
    throw new StartFailure(`${importer.name}: no stack exports ${exportName} (is its stack left out?).`);
  }

  private branch(argument: unknown, stack: StackTemplate): unknown {
    const [condition, whenTrue, whenFalse] = argument as [string, unknown, unknown];
    return this.holds(condition, stack) ? whenTrue : whenFalse;
  }

  private holds(condition: string, stack: StackTemplate): boolean {
    if (!(condition in stack.conditions))
      throw new StartFailure(`${stack.name}: there is no condition ${condition}.`);
    return this.evaluate(stack.conditions[condition], stack);
  }

  private evaluate(expression: unknown, stack: StackTemplate): boolean {
    const call = intrinsicCall(expression);
    const operator = call && this.conditionFunctions[call.name];
    if (!operator)
      throw new StartFailure(`${stack.name}: condition ${JSON.stringify(expression)} is not supported.`);
    return operator(call.argument, stack);
  }

  private readonly conditionFunctions: Record<string, (argument: unknown, stack: StackTemplate) => boolean> =
    {
      Condition: (name, stack) => this.holds(name as string, stack),
      'Fn::Equals': (argument, stack) => {
        const [left, right] = this.resolve(argument, stack) as [unknown, unknown];
        return left === right;
      },
      'Fn::Not': (argument, stack) => !this.evaluate((argument as [unknown])[0], stack),
      'Fn::And': (argument, stack) => (argument as unknown[]).every((part) => this.evaluate(part, stack)),
      'Fn::Or': (argument, stack) => (argument as unknown[]).some((part) => this.evaluate(part, stack)),
    };
}

/** `{ 'Fn::Join': […] }` → its name and argument; undefined for anything that is no intrinsic function. */
export function intrinsicCall(value: unknown): { name: string; argument: unknown } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

function mapValue(value: unknown, change: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change).filter((part) => part !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, change(part)] as const);
  return Object.fromEntries(entries.filter(([, part]) => part !== noValue));
}
