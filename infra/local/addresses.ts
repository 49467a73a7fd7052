import type { LocalSystem } from '../commands/connection.ts';
import type { Runtime } from './runtime.ts';

/** Where everything of the running system is, for commands and for the simulator. */
export function addressesOf(runtime: Runtime): LocalSystem {
  const { endpoints, tables, queues } = runtime;
  const named = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, runtime.physicalId(id)]));
  const buckets = named('Calls', 'Evidence');
  const topics = { SmsTopic: runtime.physicalId('SmsTopic/Topic') };
  return { ...endpoints, api: endpoints.api ?? '', tables, queues, buckets, topics, pid: process.pid };
}
