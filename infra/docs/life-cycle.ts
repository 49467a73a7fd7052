import { ACTIONS, type Action } from '../../shared/case/actions.ts';
import { KINDS, type Kind } from '../../shared/case/case.ts';
import { LIFE_CYCLES, STATES, type State, type Transition } from '../../shared/case/life-cycle.ts';

const id = (state: State) => state.replaceAll('-', '_');

/** Kinds that have a life cycle of their own; `other` shares that of inquiries. */
const DRAWN: readonly Kind[] = ['complaint', 'report', 'inquiry'];

/** Steps that move a case, without those that only write something down. */
function moves(kind: Kind): Transition[] {
  return LIFE_CYCLES[kind].filter(({ to }) => to !== 'same' && to !== 'before');
}

/** The way that most complaints go, and its forks: what a README has room for. */
const MAIN_WAY: ReadonlySet<Action> = new Set<Action>([
  'distribute',
  'refer',
  'return',
  'ask-proof',
  'receive-proof',
  'accept',
  'refuse',
  'tell',
  'start-mediation',
  'settle',
  'perform',
  'terminate',
  'close',
  'publish',
  'exclude',
]);

/** The life cycle of a kind as a Mermaid diagram, drawn from the table that the code runs on. */
function lifeCycleDiagram(kind: Kind): string {
  return diagramOf(moves(kind));
}

/** The main way of a complaint, without the states that only side steps lead to. */
export function mainWayDiagram(): string {
  const rows = moves('complaint').filter(({ action }) => MAIN_WAY.has(action));
  const entered = new Set<string>(['received', ...rows.map(({ to }) => to)]);
  return diagramOf(
    rows.map((row) => ({
      ...row,
      from: row.from.filter((state) => entered.has(state) && state !== row.to),
    })),
  );
}

function diagramOf(rows: readonly Transition[]): string {
  const touched = new Set(rows.flatMap(({ from, to }) => [...from, to]));
  const states = (Object.keys(STATES) as State[]).filter((state) => touched.has(state));
  const arrows = rows.flatMap(({ action, from, to }) =>
    from.map((state) => `  ${id(state)} --> ${id(to as State)}: ${ACTIONS[action].zh} ${action}`),
  );
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...states.map((state) => `  state "${STATES[state].zh} ${STATES[state].en}" as ${id(state)}`),
    '  [*] --> received: 登记 register',
    ...new Set(arrows),
    ...states.filter((state) => STATES[state].final).map((state) => `  ${id(state)} --> [*]`),
    '```',
  ].join('\n');
}

/** All life cycles: a diagram each, and every row of the table. */
export function lifeCycleMarkdown(): string {
  return DRAWN.flatMap((kind) => [
    `## ${KINDS[kind].zh} ${KINDS[kind].en}`,
    '',
    lifeCycleDiagram(kind),
    '',
    '| action | from | to | when | who may | guards | clocks | form, notices | basis |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...LIFE_CYCLES[kind].map(rowOf),
    '',
  ]).join('\n');
}

function rowOf(row: Transition): string {
  const { action, from, to, when, by, guards = [], form, notices = [], basis } = row;
  const stops = row.stops === 'all' ? ['all'] : (row.stops ?? []);
  const clocks = [
    ...stops.map((clock) => `stops ${clock}`),
    ...(row.starts ?? []).map(({ clock }) => `starts ${clock}`),
    ...(row.pauses ?? []).map((clock) => `pauses ${clock}`),
    ...(row.resumes ?? []).map((clock) => `resumes ${clock}`),
    ...(row.extends ?? []).map((clock) => `extends ${clock}`),
  ];
  const papers = [
    ...(form === undefined ? [] : [form]),
    ...notices.map(({ notice, party }) => `${notice} → ${party}`),
  ];
  const cells = [
    `${action} ${ACTIONS[action].zh}`,
    from.join(', '),
    to,
    when ?? '–',
    by.join(', '),
    guards.join(', ') || '–',
    clocks.join('; ') || '–',
    papers.join('; ') || '–',
    basis,
  ];
  return `| ${cells.join(' | ')} |`;
}
