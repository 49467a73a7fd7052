import type { Business } from '../../shared/businesses/business.ts';
import { register } from '../../shared/case/register.ts';
import { type StepContext, takeStep } from '../../shared/case/take-step.ts';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import { settingsOf } from '../../shared/law/bureau-settings.ts';
import { createCalendar } from '../../shared/law/calendar.ts';
import { HOLIDAY_YEARS } from '../../shared/law/holidays.ts';
import { eventually, type System } from './system.ts';

const PEOPLE = 10;

/**
 * Ten people complained about one business, each by a phone of his own; the triage recognises it by its name. A person
 * looked at the last one yesterday, so that the night's run has something to look at.
 * @returns the numbers, the newest first
 */
export async function tenComplained(system: System, { creditCode, name }: Business): Promise<string[]> {
  const at = new Date(`${addDays(shanghaiDate(new Date()), -1)}T02:00:00.000Z`);
  const context: StepContext = {
    actor: { role: 'dispatcher', id: 'dispatcher-330200-1' },
    now: () => at,
    salt: () => 'salt',
    calendar: createCalendar(HOLIDAY_YEARS),
    settings: settingsOf(undefined),
  };
  const numbers: string[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const identity = { name: `某${n}`, phone: `1380007${String(n).padStart(4, '0')}` };
    const step = register(
      { text: `第${n}台冰箱不制冷，商家不给修`, business: { name } },
      {
        kind: 'complaint',
        channel: 'web',
        bureau: '330200',
        draw: 700_000 + n,
        secretHash: '0'.repeat(64),
        identity,
      },
      context,
    );
    await system.cases.commit({ registrations: [{ step, identity }] });
    numbers.push(step.after.number);
  }
  const found = await eventually(async () => {
    const known = await system.cases.casesOfCreditCode(creditCode, 100);
    return numbers.every((number) => known.includes(number)) ? known : undefined;
  });
  const [last] = await system.cases.cases(numbers.slice(-1));
  if (last === undefined) throw new Error('the last case is not there');
  await system.cases.commit({
    steps: [takeStep(last, 'correct-understanding', { creditCode }, context)],
  });
  return found;
}
