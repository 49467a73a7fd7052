import { sampleRegistry } from '../../infra/local/sample-registry.ts';
import { startSystem } from '../integration/system.ts';

/**
 * Starts the whole system for the browser tests and tells them where its pages are. The bureau wants a second pair
 * of eyes before a mediation is ended.
 */
export default async function start(): Promise<() => Promise<void>> {
  const system = await startSystem();
  const sample = sampleRegistry();
  const settings = { ...sample.settings, secondPairOfEyes: ['terminate'] };
  await system.register.load({ ...sample, settings });
  process.env.HOTLINE_PAGES = system.runtime.endpoints.pages;
  return () => system.stop();
}
