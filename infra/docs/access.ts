import { ACTIONS, type Action } from '../../shared/case/actions.ts';
import { KINDS, type Kind } from '../../shared/case/case.ts';
import { LIFE_CYCLES } from '../../shared/case/life-cycle.ts';
import { mayBreak } from '../../shared/desk-work/lease.ts';
import {
  mayAct,
  mayAdminister,
  mayList,
  mayReadIdentity,
  maySearchPhones,
  mayShareOut,
  type View,
  viewOf,
} from '../../shared/people/access.ts';
import { ROLES, type Role, type Staff } from '../../shared/people/roles.ts';

/** Where a case lies, seen from a person. */
const POSITIONS = {
  C: { zh: '本案承办', en: 'on the case' },
  O: { zh: '本单位案件，未承办', en: 'own unit or below, not on the case' },
  H: { zh: '协办单位', en: 'a unit that helps' },
  F: { zh: '其他单位', en: 'another unit' },
} as const;

type Position = keyof typeof POSITIONS;

/** Everything one role may do with one kind of case in one position, whatever state the case is in. */
interface AccessCell {
  kind: Kind;
  role: Role;
  position: Position;
  view: View;
  identity: boolean;
  actions: Action[];
}

/** Kinds that differ; `other` is as an inquiry. */
const SHOWN_KINDS = ['complaint', 'report', 'inquiry'] as const;
const HERE = ['330200', '330203', '33020301'];
const ELSEWHERE = ['330900', '330902', '33090201'];

/** What is no step on a case, and who may. */
const DESK_WORK: readonly (readonly [what: string, may: (staff: Staff) => boolean])[] = [
  ['工作清单、查找 lists, search', mayList],
  ['按电话查找 search by phone', maySearchPhones],
  ['接手他人正在办理的案件 break a lease', mayBreak],
  ['负荷、请假 load, absences', mayShareOut],
  ['系统管理：查看 administration: look', (staff) => mayAdminister('see', staff, staff.unit)],
  ['系统管理：更改 administration: change', (staff) => mayAdminister('change', staff, staff.unit)],
];

/** The whole matrix, asked of the rules themselves. */
export function accessMatrix(): AccessCell[] {
  return SHOWN_KINDS.flatMap((kind) =>
    keysOf(ROLES).flatMap((role) =>
      keysOf(POSITIONS).map((position) => {
        const person = personOf(role);
        const found = caseAt(position, kind, person);
        return {
          kind,
          role,
          position,
          view: viewOf(found, person),
          identity: mayReadIdentity(found, person),
          actions: keysOf(ACTIONS).filter((action) => mayAct(found, person, action)),
        };
      }),
    ),
  );
}

function personOf(role: Role): Staff {
  const unit = ['officer', 'head'].includes(role) ? '33020301' : '330200';
  return { id: 'person', role, unit };
}

/** A case in a position; at the hub it is the dispatcher who handles it. */
function caseAt(position: Position, kind: Kind, { id, role, unit }: Staff) {
  const hub = role === 'dispatcher' && position === 'C';
  const own = position === 'C' || position === 'O';
  return {
    kind,
    state: hub ? ('at-hub' as const) : ('distributed' as const),
    unitPath: hub ? HERE.slice(0, 1) : own ? HERE : ELSEWHERE,
    officers: position === 'C' && !hub ? [id] : [],
    coUnits: position === 'H' ? [unit] : [],
    leader: undefined,
  };
}

/** The matrix as tables: what is seen, and who may take which step. */
export function accessMarkdown(): string {
  const matrix = accessMatrix();
  const legend = keysOf(POSITIONS).map(
    (position) => `**${position}** ${POSITIONS[position].zh} ${POSITIONS[position].en}`,
  );
  return [
    `Where the case lies: ${legend.join('; ')}.`,
    'Dispatchers, managers, auditors and administrators are shown at the city bureau; a dispatcher is on the case while',
    'it is at the hub. A step is possible only in the states of [life-cycle.md](life-cycle.md).',
    '',
    '## What is seen',
    '',
    'A sealed report shows that it exists and by when it is due. Every reading of a name is kept with its reason.',
    '',
    ...viewTable(matrix),
    '## Lists, searches, the work of a unit',
    '',
    'Of the own unit and those below; each case shown is held against the table above ([desk-work.md](desk-work.md)).',
    '',
    ...table(
      ['what', ...keysOf(ROLES)],
      DESK_WORK.map(([what, may]) => [
        what,
        ...keysOf(ROLES).map((role) => (may({ id: 'person', role, unit: HERE[0] ?? '' }) ? '✓' : '')),
      ]),
    ),
    ...SHOWN_KINDS.flatMap((kind) => [
      `## Steps: ${KINDS[kind].zh} ${KINDS[kind].en}`,
      '',
      ...stepTable(kind, matrix),
    ]),
  ].join('\n');
}

function viewTable(matrix: readonly AccessCell[]): string[] {
  const letters = (kind: Kind, role: Role, fits: (cell: AccessCell) => boolean) =>
    lettersOf(matrix.filter((cell) => cell.kind === kind && cell.role === role && fits(cell)));
  const rows = SHOWN_KINDS.flatMap((kind) =>
    keysOf(ROLES).map((role) => [
      KINDS[kind].en,
      `${ROLES[role].zh} ${role}`,
      letters(kind, role, ({ view }) => view === 'full'),
      letters(kind, role, ({ view }) => view === 'sealed'),
      letters(kind, role, ({ identity }) => identity),
    ]),
  );
  return table(['kind', 'role', 'whole case', 'sealed', 'names'], rows);
}

function stepTable(kind: Kind, matrix: readonly AccessCell[]): string[] {
  const taken = (action: Action, by: 'consumer' | 'partner' | 'system') =>
    LIFE_CYCLES[kind].some((row) => row.action === action && row.by.includes(by)) ? '✓' : '';
  const rows = keysOf(ACTIONS)
    .filter((action) => LIFE_CYCLES[kind].some((row) => row.action === action))
    .map((action) => [
      `${ACTIONS[action].zh} ${action}`,
      ...keysOf(ROLES).map((role) =>
        lettersOf(
          matrix.filter((cell) => cell.kind === kind && cell.role === role && cell.actions.includes(action)),
        ),
      ),
      taken(action, 'consumer'),
      taken(action, 'partner'),
      taken(action, 'system'),
    ]);
  return table(['step', ...keysOf(ROLES), 'consumer', 'partner', 'system'], rows);
}

const lettersOf = (cells: readonly AccessCell[]) => cells.map(({ position }) => position).join('');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell || '–').join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line), ''];
}

function keysOf<T extends object>(of: T): (keyof T)[] {
  return Object.keys(of) as (keyof T)[];
}
