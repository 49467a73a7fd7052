import { startSystem } from '../integration/system.ts';

/** Starts the whole system for the browser tests and tells them where its pages are. */
export default async function start(): Promise<() => Promise<void>> {
  const system = await startSystem();
  process.env.HOTLINE_PAGES = system.runtime.endpoints.pages;
  return () => system.stop();
}
