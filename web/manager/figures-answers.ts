import type * as z from 'zod';
import type * as figures from '../../events/figures.ts';
import type * as reports from '../../events/reports.ts';
import type * as warnings from '../../events/warnings.ts';

/*
 * What the API answers to the manager's page. Types only: no schema gets into the pages.
 */

/** GET /desk/figures */
export type Figures = z.output<typeof figures.figuresAnswer>;
export type Figure = Figures['figures'][number];
/** GET /desk/figures/cases */
export type CasesBehind = z.output<typeof figures.figureCasesAnswer>;
/** GET /desk/figures/units */
export type UnitsCompared = z.output<typeof figures.figureUnitsAnswer>;
/** GET /desk/alarms */
export type Alarms = z.output<typeof warnings.alarmList>;
export type AlarmView = Alarms['alarms'][number];
/** POST /desk/alarms/{id}/warning and what follows */
export type Draft = z.output<typeof warnings.draftView>;
/** POST /desk/figures/reports */
export type ReportView = z.output<typeof reports.reportAnswer>;
/** GET /desk/figures/reports */
export type ReportList = z.output<typeof reports.reportsAnswer>;
