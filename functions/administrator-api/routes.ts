import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type * as z from 'zod';
import * as requests from '../../events/administration.ts';
import { LARGEST_FILE, parseBody, parseParameters } from '../../shared/http/parse.ts';
import type { Route } from '../../shared/http/stack.ts';
import { staffOf } from '../../shared/http/staff.ts';
import type { AdministratorDependencies } from './administrator.ts';
import { loadYear, showCalendar } from './calendar.ts';
import { showNotes, showTaxonomies } from './look.ts';
import * as register from './register.ts';
import { changeSetting, showSettings } from './settings.ts';
import { changeUser, showUsers } from './users.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
const query = <S extends z.ZodType>(event: Event, schema: S) =>
  parseParameters(event.queryStringParameters ?? {}, schema);

/** The routes of this function, each with what it reads out of the request. */
export function administratorRoutes(deps: AdministratorDependencies): Record<string, Route<Event>> {
  return {
    'GET /administrator/register': async (event) => register.showRegister(staffOf(event), deps),
    'GET /administrator/register/file': async (event) =>
      register.downloadRegister(query(event, requests.registerFileQuery), staffOf(event), deps),
    'POST /administrator/register/check': async (event) =>
      register.checkRegister(parseBody(event, requests.registerCheck, LARGEST_FILE), staffOf(event), deps),
    'POST /administrator/register/load': async (event) =>
      register.loadRegister(parseBody(event, requests.registerLoad, LARGEST_FILE), staffOf(event), deps),
    'POST /administrator/register/back': async (event) =>
      register.goBack(parseBody(event, requests.registerBack), staffOf(event), deps),
    'GET /administrator/register/gaps': async (event) =>
      register.showGaps(query(event, requests.gapsQuery), staffOf(event), deps),
    'GET /administrator/settings': async (event) => showSettings(staffOf(event), deps),
    'POST /administrator/settings': async (event) =>
      changeSetting(parseBody(event, requests.settingChange), staffOf(event), deps),
    'GET /administrator/calendar': async (event) => showCalendar(staffOf(event), deps),
    'POST /administrator/calendar': async (event) =>
      loadYear(parseBody(event, requests.calendarRequest), staffOf(event), deps),
    'GET /administrator/users': async (event) => showUsers(staffOf(event), deps),
    'POST /administrator/users': async (event) =>
      changeUser(parseBody(event, requests.userChange), staffOf(event), deps),
    'GET /administrator/taxonomies': async (event) => showTaxonomies(staffOf(event), deps),
    'GET /administrator/notes': async (event) =>
      showNotes(query(event, requests.notesQuery), staffOf(event), deps),
  };
}
