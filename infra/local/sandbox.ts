import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { accountId, region } from './resolver.ts';

/** More sandboxes of one function than this only wait for each other on a machine with two cores. */
const maxSandboxes = 2;
/** How long Lambda lets a function load before the time counts as the invocation's. */
const initTimeoutMs = 10_000;

/** What was compiled once: every thread of a function would compile its bundle anew, and this house's TypeScript. */
const compileCache = join(import.meta.dirname, '../../.build/compile-cache');

/** A function as the template describes it. */
export interface FunctionSpec {
  name: string;
  codeDir: string;
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMb: number;
  reservedConcurrency: number | undefined;
}

/** What a function's error looks like to whoever invoked it. */
interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** How an invocation ended: with the function's answer as JSON, or with its error. */
export type InvokeResult = { requestId: string; payload?: string; functionError?: FunctionError };

/** One call, as it is sent into the sandbox. */
export interface Invocation {
  event: string;
  timeoutMs: number;
  context: Record<string, unknown> & { awsRequestId: string };
}

/** The sandboxes of one function. Each runs one invocation at a time; further invocations wait in order. */
export class FunctionSandboxes {
  readonly spec: FunctionSpec;
  /** How many invocations can run at once. */
  readonly limit: number;
  private readonly log: (line: string) => void;
  private readonly onEnd: () => void;
  private readonly idle: Sandbox[] = [];
  private readonly all = new Set<Sandbox>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  /** @param onEnd called when an invocation has ended, however it did */
  constructor(spec: FunctionSpec, log: (line: string) => void, onEnd: () => void) {
    this.spec = spec;
    this.onEnd = onEnd;
    this.limit = Math.min(spec.reservedConcurrency ?? maxSandboxes, maxSandboxes);
    this.log = log;
  }

  /** Runs the function once. Never rejects: an error of the function is part of the result. */
  async invoke(event: unknown): Promise<InvokeResult> {
    const requestId = randomUUID();
    if (this.limit === 0) {
      // Reserved concurrency 0 is how a function is switched off.
      return {
        requestId,
        functionError: { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' },
      };
    }
    if (this.running < this.limit) this.running += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await this.runInSandbox(requestId, JSON.stringify(event));
    } finally {
      this.onEnd();
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  /** Ends every sandbox, whatever it is doing. */
  async stop(): Promise<void> {
    await Promise.all([...this.all].map((sandbox) => sandbox.end()));
  }

  private async runInSandbox(requestId: string, event: string): Promise<InvokeResult> {
    const sandbox = this.idle.pop() ?? new Sandbox(this.spec, this.log);
    this.all.add(sandbox);
    const result = await sandbox.run(requestId, event);
    if (sandbox.alive) {
      this.idle.push(sandbox);
    } else {
      this.all.delete(sandbox);
    }
    return { requestId, ...result };
  }
}

type Answer = Omit<InvokeResult, 'requestId'>;

/** One execution environment: a thread with the function's bundle, its own modules and its own environment. */
class Sandbox {
  alive = true;
  private readonly spec: FunctionSpec;
  private readonly log: (line: string) => void;
  private readonly worker: Worker;
  private loaded = false;
  private requestId = '';
  private settle: ((answer: Answer) => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(spec: FunctionSpec, log: (line: string) => void) {
    this.spec = spec;
    this.log = log;
    const [file, handlerName] = spec.handler.split('.') as [string, string];
    const candidates = ['.mjs', '.js', '.cjs'].map((ending) => join(spec.codeDir, file + ending));
    this.worker = new Worker(new URL('./sandbox-worker.ts', import.meta.url), {
      workerData: { entryPath: candidates.find(existsSync) ?? candidates[0], handlerName },
      env: { ...spec.environment, NODE_COMPILE_CACHE: compileCache },
      // Not the options this process was started with, such as a test runner's loader.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: spec.memoryMb },
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.worker.stdout, this.worker.stderr]) {
      createInterface({ input: stream }).on('line', log);
    }
    this.worker.on('message', (message: 'ready' | Answer) => {
      if (message === 'ready') this.onLoaded();
      else this.finish(message);
    });
    this.worker.on('error', (error: Error) => this.die(error.name, error.message));
    this.worker.on('exit', () => this.die('Runtime.ExitError', 'Runtime exited without providing a reason'));
  }

  run(requestId: string, event: string): Promise<Answer> {
    this.requestId = requestId;
    const timeoutMs = this.timeoutMs();
    return new Promise((resolve) => {
      this.settle = resolve;
      this.startTimer(this.loaded ? timeoutMs : initTimeoutMs);
      const invocation: Invocation = { event, timeoutMs, context: contextOf(this.spec, requestId) };
      // Waits in the thread's mailbox while the bundle still loads.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      this.worker.postMessage(invocation);
    });
  }

  async end(): Promise<void> {
    this.die('Runtime.ExitError', 'The local runtime is stopping');
    await this.worker.terminate();
  }

  private timeoutMs(): number {
    return this.spec.timeoutSeconds * 1000;
  }

  /** From here on the function's own time-out counts. */
  private onLoaded(): void {
    this.loaded = true;
    this.startTimer(this.timeoutMs());
  }

  private startTimer(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const message = `RequestId: ${this.requestId} Error: Task timed out after ${(ms / 1000).toFixed(2)} seconds`;
      this.die('Sandbox.Timedout', message);
      void this.worker.terminate();
    }, ms);
  }

  private die(errorType: string, errorMessage: string): void {
    if (!this.alive) return;
    this.alive = false;
    // A sandbox that ends between two invocations is nobody's failure.
    if (this.settle) this.log(`${this.requestId} ${errorType}: ${errorMessage}`);
    this.finish({ functionError: { errorType, errorMessage } });
  }

  private finish(answer: Answer): void {
    clearTimeout(this.timer);
    this.settle?.(answer);
    this.settle = undefined;
  }
}

function contextOf(spec: FunctionSpec, awsRequestId: string): Invocation['context'] {
  return {
    awsRequestId,
    functionName: spec.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${region}:${accountId}:function:${spec.name}`,
    logGroupName: `/aws/lambda/${spec.name}`,
    logStreamName: 'local',
    memoryLimitInMB: String(spec.memoryMb),
  };
}
