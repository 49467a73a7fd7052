import { expect, test } from 'vitest';
import { readPastCases } from '../../infra/commands/past-cases.ts';
import type { Case, CaseEvent } from '../../shared/case/case.ts';
import { makeCaseNumber } from '../../shared/case/case-number.ts';

const NOW = new Date('2026-11-16T02:00:00.000Z');
const one = (draw: number, more: Partial<Case> = {}) =>
  ({
    number: makeCaseNumber('2026-11-10', draw),
    kind: 'complaint',
    state: 'closed',
    receivedOn: '2026-11-10',
    unitPath: ['330200', '330203', '33020301'],
    complaint: { text: '', business: { address: '古林镇' } },
    ...more,
  }) as Case;
const event = ({ number }: Case, version: number, type: CaseEvent['type'], facts: object = {}) =>
  ({ number, version, type, facts, at: NOW.toISOString(), actor: { role: 'system', id: 't' } }) as CaseEvent;

test('reads the cases of the bureau and the days, each with its own way in order', async () => {
  const [later, earlier] = [one(1), one(2, { receivedOn: '2026-11-01' })];
  const others = [
    one(3, { unitPath: ['110100'] }),
    one(4, { receivedOn: '2026-10-31' }),
    one(5, { erased: true }),
  ];
  const store = {
    async *allCases() {
      yield* [later, ...others, earlier];
    },
    async *allEvents() {
      // As a scan gives them: in no order, and everything.
      yield event(later, 4, 'distributed', { unit: '33020302' });
      yield event(others[0]!, 2, 'distributed', { unit: '11' });
      yield event(later, 2, 'distributed', { unit: '33020301' });
      yield event(earlier, 2, 'referred', { reason: 'address-missing' });
      yield event(later, 3, 'returned', { reason: 'not-competent' });
      yield event(later, 5, 'accepted');
    },
  };
  const cases = await readPastCases(store, '330200', '2026-11-01', NOW);
  expect(cases.map(({ number, first, ended, returns }) => [number, first, ended, returns.length])).toEqual([
    [earlier.number, undefined, undefined, 0],
    [later.number, '33020301', '33020302', 1],
  ]);
});
