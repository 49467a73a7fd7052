import { describe, expect, test } from 'vitest';
import { hintsAnswer } from '../../events/desk-work-answers.ts';
import { showHints } from '../../functions/desk-api/hints.ts';
import type { Case } from '../../shared/case/case.ts';
import { takeStep } from '../../shared/case/take-step.ts';
import type { Role } from '../../shared/people/roles.ts';
import { bodyOf, context, follow, house, keep, stepsTo, tenOn } from './support.ts';

const staff = (role: Role, unit: string, id = `${role}-${unit}`) => ({ id, role, unit });
const MINE = [['assign', { officer: 'officer-a1' }]] as const;

/**
 * All came in on 16 November. A complaint is decided on, and told, by the 25th: the first, the second, which is nobody's,
 * and the third, of which nobody was told so far. The fourth is a report.
 */
async function hintsOn(day: string, who = staff('officer', '33020301', 'officer-a1')) {
  const deps = house();
  await keep(deps.cases, follow(stepsTo('distributed', 1), [...MINE]));
  await keep(deps.cases, stepsTo('distributed', 2));
  await keep(deps.cases, follow(stepsTo('performed', 3), [...MINE]));
  await keep(deps.cases, follow(stepsTo('distributed', 4, undefined, 'report'), [...MINE]));
  deps.clock.at = tenOn(day);
  const { hints, ...rest } = hintsAnswer.parse(await bodyOf(showHints(who, deps)));
  return { ...rest, hints: Object.fromEntries(hints.map(({ id, numbers }) => [id, numbers.length])) };
}

describe('hints of the day', () => {
  test.each([
    ['2026-11-24', { 'due-tomorrow': 2, 'to-close': 1 }],
    ['2026-11-25', { 'due-today': 2, 'to-close': 1 }],
    ['2026-11-27', { overdue: 2, 'not-begun': 2, 'to-close': 1 }],
  ])('on %s are those of the own cases, by what is due', async (day, hints) => {
    const found = await hintsOn(day);
    expect(found).toMatchObject({ today: day, complete: true });
    expect(found.hints).toEqual(hints);
  });

  test('a head sees those of his unit, but no report that he is not on', async () => {
    const { hints } = await hintsOn('2026-11-27', staff('head', '33020301'));
    expect(hints).toEqual({ overdue: 3, 'not-begun': 2, 'to-close': 1 });
  });

  test('who is asked by a note to look sees it until he takes a step', async () => {
    const deps = house();
    const asked = follow(stepsTo('distributed', 1), [
      ...MINE,
      ['note', { text: '请看一下检测报告', mention: 'officer-33020301' }],
    ]);
    await keep(deps.cases, asked);
    const hinted = async (id: string) => {
      const { hints } = hintsAnswer.parse(await bodyOf(showHints(staff('officer', '33020301', id), deps)));
      return hints.find((hint) => hint.id === 'mentioned')?.numbers ?? [];
    };
    const number = asked.at(-1)?.after.number;
    expect(await hinted('officer-33020301')).toEqual([number]);
    expect(await hinted('officer-a1')).toEqual([]);
    const looked = takeStep(
      asked.at(-1)?.after as Case,
      'note',
      { text: '已看' },
      {
        ...context(),
        actor: { role: 'officer', id: 'officer-33020301' },
      },
    );
    await deps.cases.commit({ steps: [looked] });
    expect(await hinted('officer-33020301')).toEqual([]);
  });

  test('who works with no cases is told of none', async () => {
    const found = await hintsOn('2026-11-25', staff('administrator', '33020301'));
    expect(found).toMatchObject({ open: 0, hints: {} });
  });
});
