/** Who works at the desk. */
export const ROLES = {
  dispatcher: { zh: '分派员', en: 'Dispatcher' },
  officer: { zh: '承办人', en: 'Officer' },
  head: { zh: '所长', en: 'Station head' },
  manager: { zh: '局负责人', en: 'Bureau manager' },
  auditor: { zh: '审计员', en: 'Auditor' },
  administrator: { zh: '管理员', en: 'Administrator' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Role = keyof typeof ROLES;

/** Who handles cases at a unit; the head can do all that an officer can. */
export const OFFICERS: readonly Role[] = ['officer', 'head'];
export const DISPATCHER: readonly Role[] = ['dispatcher'];
/** 市场监督管理部门负责人: whoever may approve in the authority's name. */
export const MANAGER: readonly Role[] = ['manager'];
export const HEADS: readonly Role[] = ['head', 'manager'];

/** A signed-in member of staff. */
export interface Staff {
  /** Subject of the token. */
  id: string;
  role: Role;
  /** Code of the unit the person works for; it opens that unit and all below it. */
  unit: string;
}
