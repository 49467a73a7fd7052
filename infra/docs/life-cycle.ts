import { type Action, STATES, type State, TRANSITIONS } from '../../shared/case/life-cycle.ts';

const states = Object.keys(STATES) as State[];
const actions = Object.keys(TRANSITIONS) as Action[];

/** The life cycle of a complaint as a Mermaid diagram, drawn from the table that the code runs on. */
export function lifeCycleDiagram(): string {
  const id = (state: State) => state.replaceAll('-', '_');
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...states.map((state) => `  state "${STATES[state].zh} ${STATES[state].en}" as ${id(state)}`),
    '  [*] --> received: 登记 register',
    ...actions.flatMap((action) =>
      TRANSITIONS[action].from.map(
        (from) => `  ${id(from)} --> ${id(TRANSITIONS[action].to)}: ${TRANSITIONS[action].zh} ${action}`,
      ),
    ),
    ...states.filter((state) => STATES[state].final).map((state) => `  ${id(state)} --> [*]`),
    '```',
  ].join('\n');
}

/** The diagram, and every transition as a row of a table. */
export function lifeCycleMarkdown(): string {
  const rows = actions.map((action) => {
    const { zh, from, to, by, starts, stops, basis } = TRANSITIONS[action];
    const clocks = [
      ...stops.map((clock) => `stops ${clock}`),
      ...(starts === undefined ? [] : [`starts ${starts}`]),
    ];
    return `| ${action} ${zh} | ${from.join(', ')} | ${to} | ${by.join(', ')} | ${clocks.join('; ') || '–'} | ${basis} |`;
  });
  return [
    lifeCycleDiagram(),
    '',
    '| action | from | to | who may | clocks | basis |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
