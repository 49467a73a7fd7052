/**
 * What runs inside a function's own thread: it loads the bundle once, then answers one invocation at a time,
 * as Lambda's Node.js runtime does. Nothing of the local runtime is visible to the function.
 */
import { flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Invocation } from './sandbox.ts';

const port = parentPort;
if (!port) throw new Error('sandbox-worker.ts runs as a worker thread only');

// The thread has read it by now; Lambda gives a function no such variable.
delete process.env.NODE_COMPILE_CACHE;
const bundle = await import(pathToFileURL(workerData.entryPath).href);
const handler = bundle[workerData.handlerName];
if (typeof handler !== 'function') {
  throw new Error(`${workerData.entryPath} does not export a function ${workerData.handlerName}`);
}

port.on('message', (invocation: Invocation) => {
  void answer(invocation).then((result) => port.postMessage(result));
});
port.postMessage('ready');
// Now: a thread is ended without being asked.
flushCompileCache();

async function answer({ event, context, timeoutMs }: Invocation) {
  const deadline = Date.now() + timeoutMs;
  try {
    const result = await handler(JSON.parse(event), {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    return { payload: JSON.stringify(result) ?? 'null' };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const trace = (error.stack ?? '').split('\n');
    const functionError = { errorType: error.name, errorMessage: error.message, trace };
    console.error(JSON.stringify({ level: 'ERROR', requestId: context.awsRequestId, ...functionError }));
    return { functionError };
  }
}
