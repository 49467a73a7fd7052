import { category } from './category.ts';
import { division } from './division.ts';
import { fields } from './fields.ts';
import { money } from './money.ts';
import { kind } from './self-declared-kind.ts';
import { sms } from './sms.ts';
import { stations } from './stations.ts';
import type { Task } from './task.ts';
import { tickets } from './tickets.ts';
import { towns } from './towns.ts';
import { warnings } from './warnings.ts';

/** What can be measured, by its name on the command line. */
export const TASKS: Readonly<Record<string, Task>> = {
  fields,
  kind,
  category,
  division,
  money,
  sms,
  tickets,
  stations,
  towns,
  warnings,
};
