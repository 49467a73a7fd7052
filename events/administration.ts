import * as z from 'zod';
import { KINDS } from '../shared/case/case.ts';
import { isLocalDate } from '../shared/dates.ts';
import { UNIT_KINDS } from '../shared/jurisdiction/registry.ts';
import { DEFAULT_SETTINGS } from '../shared/law/bureau-settings.ts';
import { calendarDocument } from '../shared/law/calendar-document.ts';
import { SETTING_GROUPS } from '../shared/law/settings-catalogue.ts';
import { ROLES } from '../shared/people/roles.ts';
import { LACKS } from '../shared/register-files/gaps.ts';
import { requiredWords, words } from './words.ts';

/*
 * What an administrator looks after: /administrator/register, settings, calendar, users, taxonomies, notes. Every change is
 * kept with who made it, names the version that was looked at, and is undone by going back to the version before.
 */

const keys = <Key extends string>(table: Readonly<Record<Key, unknown>>) =>
  z.enum(Object.keys(table) as [Key, ...Key[]]);
const both = { zh: z.string(), en: z.string() };
const name = z.strictObject(both);
const instant = z.string().meta({ format: 'date-time' });
const day = z.string().refine(isLocalDate, '日期应写作 2026-11-21 / Write the date as 2026-11-21');
const registerVersion = z
  .int()
  .min(1)
  .describe('Version of the register that the person looked at; one that has changed since is left alone');
const place = z.strictObject({ code: z.string(), name: z.string() });

const registerState = z.strictObject({
  version: z.int(),
  before: z.int().nullable(),
  next: z.strictObject({ version: z.int(), from: z.string() }).nullable(),
});

/** GET /administrator/register */
export const registerOverview = z.strictObject({
  register: registerState,
  bureau: z.string(),
  city: z.string(),
  lists: z.array(z.strictObject({ list: z.string(), ...both, entries: z.int() })),
});

/** GET /administrator/register/file */
export const registerFileQuery = z.strictObject({
  format: z.enum(['xlsx', 'json', 'csv']).default('xlsx'),
  list: z
    .enum(['units', 'townships', 'officers', 'rules', 'platforms', 'authorities', 'bureau'])
    .default('units')
    .describe('Which list, for csv'),
});
export const registerDocument = z
  .looseObject({ version: z.int(), bureau: z.string() })
  .describe('The register in force, as `npm run export-registry` writes it');

/** A file as base64, 3 MB at the most. */
const file = z
  .string()
  .min(4, '请选择文件 / Choose a file')
  .max(
    4_000_000,
    '文件超过 3 MB，请用 npm run load-registry 载入 / Over 3 MB: load it by npm run load-registry',
  )
  .regex(/^[A-Za-z0-9+/]*={0,2}$/, '文件应为 base64 / The file must be base64')
  .describe('XLSX or JSON as base64');

/** POST /administrator/register/check */
export const registerCheck = z.strictObject({ file });

/** POST /administrator/register/load */
export const registerLoad = z.strictObject({
  file,
  register: registerVersion,
  from: day.optional().describe('First day in force; at once when left out'),
  force: z
    .boolean()
    .default(false)
    .describe('Also what was exported from another version: changes made meanwhile are lost'),
});

/** POST /administrator/register/back */
export const registerBack = z.strictObject({ register: registerVersion });
export const registerChanged = z.strictObject({
  register: registerState,
  withdrawn: z.boolean().optional().describe('True: the version that waited for its day is gone'),
});

const problem = z.strictObject({
  sheet: name.nullable(),
  row: z.int().nullable(),
  column: z.string().nullable(),
  ...both,
});
const entry = { id: z.string(), name: z.string() };
const counted = <T extends z.ZodType>(item: T) => z.strictObject({ count: z.int(), shown: z.array(item) });

/** POST /administrator/register/check */
export const registerChecked = z.strictObject({
  loadable: z.boolean(),
  problems: z.array(problem).describe('What cannot be read, by sheet, row and column, with the remedy'),
  unknownColumns: z.array(z.string()),
  findings: z.array(
    z.strictObject({ fatal: z.boolean(), ...both, count: z.int(), which: z.array(z.string()) }),
  ),
  register: registerState,
  exportedFrom: z.int().nullable().describe('Of which version the file is an export; null: of none'),
  stale: z.boolean().describe('True: the register was changed since the export'),
  differences: z.array(
    z.strictObject({
      list: z.string(),
      ...both,
      added: counted(z.strictObject(entry)),
      removed: counted(z.strictObject(entry)),
      changed: counted(
        z.strictObject({
          ...entry,
          fields: z.array(z.strictObject({ ...both, before: z.string(), after: z.string() })),
        }),
      ),
    }),
  ),
  leftOut: z
    .strictObject({ businesses: z.int(), partners: z.int() })
    .describe('In the file, and loaded by npm run load-registry only'),
});

/** GET /administrator/register/gaps */
export const gapsQuery = z.strictObject({ on: day.optional().describe('On which day; today when left out') });
export const gapsAnswer = z.strictObject({
  on: z.string(),
  counties: z.array(
    z.strictObject({
      ...place.shape,
      stations: z.int(),
      officers: z.int(),
      townships: z.array(
        z.strictObject({
          ...place.shape,
          cover: z
            .enum(['covered', 'shared', 'ended', 'nobody'])
            .describe('ended: only units that are not in force that day; nobody: in nobody’s list'),
          units: z.array(place),
        }),
      ),
    }),
  ),
  units: z.array(
    z.strictObject({
      ...place.shape,
      kind: keys(UNIT_KINDS),
      lacks: z.array(z.strictObject({ code: keys(LACKS), ...both })),
    }),
  ),
  rules: z
    .array(
      z.strictObject({ id: z.string(), word: z.string(), unit: z.string(), kinds: z.array(keys(KINDS)) }),
    )
    .describe('Rules in force whose unit is not; without kinds: of every matter'),
});

/** GET /administrator/settings */
const settingName = keys(DEFAULT_SETTINGS);
export const settingsAnswer = z.strictObject({
  register: registerState,
  groups: z.array(z.strictObject({ code: keys(SETTING_GROUPS), ...both })),
  settings: z.array(
    z.strictObject({
      name: settingName,
      ...both,
      group: keys(SETTING_GROUPS),
      meaning: name,
      unit: name.nullable(),
      default: z.unknown(),
      value: z.unknown(),
      own: z.boolean().describe('False: the default, because the bureau has set nothing'),
    }),
  ),
  fixed: z
    .array(z.strictObject({ ...both, value: z.number(), unit: name }))
    .describe('Numbers of the program that no bureau sets'),
});

/** POST /administrator/settings */
export const settingChange = z.strictObject({
  register: registerVersion,
  name: settingName,
  value: z.unknown().describe('In the form in which the list shows it; null: back to the default'),
});

/** GET, POST /administrator/calendar */
export const calendarAnswer = z.strictObject({
  years: z.array(
    z.strictObject({
      year: z.int(),
      loaded: z.boolean().describe('False: built in'),
      off: z.array(z.tuple([z.string(), z.string()])),
      worked: z.array(z.string()),
      source: z.string(),
      sums: z.string().describe('Days off, worked weekends, working days: to hold against the notice'),
    }),
  ),
  missing: z.array(z.int()).describe('Years whose dates are provisional until their notice is loaded'),
});
export const calendarRequest = z.strictObject({
  ...calendarDocument.shape,
  check: z.boolean().default(false).describe('True: only tell what it would change'),
});
export const calendarChecked = z.strictObject({
  loaded: z.boolean(),
  findings: z.array(z.strictObject({ ...both, which: z.array(z.string()) })),
  changes: z.array(z.string()).describe('Lines that go (-) and come (+)'),
  sums: z.string(),
});

/** GET /administrator/users */
const role = keys(ROLES);
export const usersAnswer = z.strictObject({
  register: registerState,
  units: z.array(place),
  users: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      role: z.strictObject({ code: role, ...both }),
      unit: place,
      phone: z.string().nullable(),
      email: z.string().nullable(),
      areas: z.array(z.string()).describe('Names of the areas whose officer this is'),
    }),
  ),
});

/** POST /administrator/users */
export const userChange = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('keep').describe('Adds the person, or replaces what is known of him'),
    register: registerVersion,
    id: z
      .string()
      .regex(/^[\w.@-]{1,100}$/, '编号与登录账号的 sub 一致 / The id is the subject of the sign-in'),
    name: requiredWords(40),
    role,
    unit: z.string().regex(/^\d{6,8}$/, '单位代码为 6 或 8 位数字 / The code of a unit has 6 or 8 digits'),
    phone: words(30).optional(),
    email: words(100).optional(),
  }),
  z.strictObject({
    do: z.literal('remove'),
    register: registerVersion,
    id: z.string().min(1).max(100),
  }),
]);

/** GET /administrator/taxonomies */
export const taxonomiesAnswer = z.strictObject({
  year: z.string(),
  taxonomies: z.array(
    z.strictObject({
      code: z.enum(['kinds', 'problems', 'subjects', 'channels']),
      ...both,
      source: name,
      values: z.array(
        z.strictObject({
          code: z.string(),
          ...both,
          received: z.int().nullable().describe('Of complaints, this year'),
        }),
      ),
    }),
  ),
});

/** GET /administrator/notes */
export const notesQuery = z.strictObject({
  before: z.iso
    .datetime('时间应写作 2026-11-21T08:00:00.000Z / Write the moment as 2026-11-21T08:00:00.000Z')
    .optional(),
});
export const notesAnswer = z.strictObject({
  notes: z.array(
    z.strictObject({
      at: instant,
      by: z.string(),
      what: z.strictObject({ code: z.string(), ...both }),
      facts: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  before: instant.nullable().describe('Ask with this for what was done earlier'),
});
