import { sampleRegistry } from '../../infra/local/sample-registry.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { startSystem } from '../integration/system.ts';
import { alarmOf } from '../unit/early-warning-alarms.ts';

/**
 * Starts the whole system for the browser tests and tells them where its pages are. The bureau wants a second pair
 * of eyes before a mediation is ended, and one alarm waits to be looked into.
 */
export default async function start(): Promise<() => Promise<void>> {
  const system = await startSystem();
  const sample = sampleRegistry();
  const settings = { ...sample.settings, secondPairOfEyes: ['terminate'] };
  await system.register.load({ ...sample, settings });
  const today = shanghaiDate(new Date());
  const alarm = alarmOf(`${today.replaceAll('-', '')}-0123456789ab`);
  await system.alarms.saveAlarm({ ...alarm, units: ['330200'], firstDay: today, lastDay: today });
  process.env.HOTLINE_PAGES = system.runtime.endpoints.pages;
  return () => system.stop();
}
