import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BUSINESS_KEYS } from '../../shared/store/business-store.ts';
import { DESK_LISTS } from '../../shared/store/desk-work-store.ts';
import { GUARD_KEYS } from '../../shared/store/guard-store.ts';
import { bureauKey } from '../../shared/store/register-versions.ts';
import { DESK_RULES } from '../../shared/store/rule-store.ts';
import type { Route } from '../constructs/hotline-api.ts';
import { HotlineFunction, type House } from '../constructs/hotline-function.ts';
import type { Senders } from './sender-parameters.ts';
import type { StatefulStack } from './stateful-stack.ts';

const HTTP_TIMEOUT = Duration.seconds(10);
// Fonts of 24 MB are read at a cold start, and the PDF library embeds what a form needs of them.
const FORM_TIMEOUT = Duration.seconds(20);
const FORM_MEMORY_MB = 1769;

const READ = ['dynamodb:GetItem'];
const QUERY = ['dynamodb:Query'];
/** A step at the desk looks in its transaction whether somebody else works on the case. */
const UNLESS_LEASED = 'dynamodb:ConditionCheckItem';
/** A step: one case updated, its events and what comes with them put. */
const STEP = ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem'];

export interface FunctionsProps {
  house: House;
  stateful: StatefulStack;
  /** Code of the bureau. */
  bureau: string;
  /** Keys of the links to rights stations and businesses. */
  partnerLinkKeys: string;
}

/** The functions behind the API, each with exactly the rights it needs, and their routes. */
export function httpFunctions(
  scope: Construct,
  { house, stateful, bureau, partnerLinkKeys, senders }: FunctionsProps & { senders: Senders },
): Route[] {
  const { cases, identities, informers, registry, statistics } = stateful;
  const common = {
    CASES_TABLE: cases.tableName,
    REGISTRY_TABLE: registry.tableName,
    BUREAU: bureau,
  };
  const identitiesTable = { IDENTITIES_TABLE: identities.table.tableName };
  const informersTable = { INFORMERS_TABLE: informers.table.tableName };

  const submitComplaint = new HotlineFunction(scope, 'SubmitComplaint', {
    name: 'submit-complaint',
    environment: { ...common, ...identitiesTable, ...informersTable },
    timeout: HTTP_TIMEOUT,
    memoryMb: 1024,
    concurrency: 50,
    impact: 'Consumers cannot complain by web',
    house,
  })
    .allow(['dynamodb:GetItem', 'dynamodb:PutItem'], cases.tableArn)
    .allowPeopleWriteOnly(identities)
    .allowPeopleWriteOnly(informers)
    .allowPeopleItems(['dynamodb:UpdateItem'], identities, GUARD_KEYS.windows)
    .allowPeopleItems(['dynamodb:GetItem'], identities, GUARD_KEYS.codes)
    .allow(QUERY, registry.tableArn);
  const previewComplaint = new HotlineFunction(scope, 'PreviewComplaint', {
    name: 'preview-complaint',
    environment: { ...identitiesTable, REGISTRY_TABLE: registry.tableName, BUREAU: bureau },
    timeout: HTTP_TIMEOUT,
    memoryMb: 1024,
    concurrency: 20,
    impact: 'Consumers do not see what was understood while they write; they can file all the same',
    house,
  })
    .allowPeopleItems(['dynamodb:UpdateItem'], identities, GUARD_KEYS.windows)
    .allow(QUERY, registry.tableArn)
    .allowItems([...READ, 'dynamodb:BatchGetItem'], registry.tableArn, BUSINESS_KEYS.business);
  const provePhone = new HotlineFunction(scope, 'ProvePhone', {
    name: 'prove-phone',
    environment: {
      ...identitiesTable,
      REGISTRY_TABLE: registry.tableName,
      BUREAU: bureau,
      ...senders.environment,
    },
    timeout: HTTP_TIMEOUT,
    concurrency: 10,
    impact: 'Where the bureau wants phones proven: consumers get no code and cannot complain by web',
    house,
  })
    .allowPeopleItems(['dynamodb:UpdateItem'], identities, GUARD_KEYS.windows)
    .allowPeopleItems(['dynamodb:PutItem'], identities, GUARD_KEYS.codes)
    .allow(QUERY, registry.tableArn)
    .allow(['sms-voice:SendTextMessage'], ...senders.smsResources);
  const trackCase = new HotlineFunction(scope, 'TrackCase', {
    name: 'track-case',
    environment: common,
    timeout: HTTP_TIMEOUT,
    concurrency: 20,
    impact: 'Consumers cannot see how their case stands',
    house,
  })
    .allow([...READ, ...QUERY], cases.tableArn)
    .allow(QUERY, registry.tableArn);
  const takeConsumerStep = new HotlineFunction(scope, 'TakeConsumerStep', {
    name: 'take-consumer-step',
    environment: common,
    timeout: HTTP_TIMEOUT,
    memoryMb: 1024,
    concurrency: 10,
    impact: 'Consumers cannot add, withdraw, answer an offer or rate by web',
    house,
  })
    .allow([...STEP, ...QUERY], cases.tableArn)
    .allow(QUERY, registry.tableArn);
  const deskApi = new HotlineFunction(scope, 'DeskApi', {
    name: 'desk-api',
    environment: { ...common, ...identitiesTable, ...informersTable },
    timeout: HTTP_TIMEOUT,
    memoryMb: 1024,
    concurrency: 50,
    impact: 'Dispatchers and officers cannot work',
    house,
  })
    .allow([...STEP, 'dynamodb:BatchGetItem', 'dynamodb:Query', UNLESS_LEASED], cases.tableArn)
    .allow(QUERY, `${cases.tableArn}/index/desk`, `${cases.tableArn}/index/bureau`)
    .allowPeople(
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      identities,
    )
    // A report may be split off a complaint here; who informed is read by functions of their own.
    .allowPeopleWriteOnly(informers)
    .allow(QUERY, registry.tableArn)
    // Saved filters, absences, and what is proposed and accepted of rules lie beside the sets of the register, which a
    // command loads and nobody else writes; of the register itself the desk moves only which version is in force.
    .allowItems(['dynamodb:PutItem'], registry.tableArn, ...DESK_LISTS, ...DESK_RULES)
    .allowKeys(['dynamodb:PutItem'], registry.tableArn, bureauKey(bureau).pk)
    // Of businesses a person changes the class, by deciding what is proposed, and the watch-list; nothing else.
    .allowItems([...READ, 'dynamodb:BatchGetItem'], registry.tableArn, ...BUSINESS_KEYS.read)
    .allowItems(['dynamodb:UpdateItem'], registry.tableArn, BUSINESS_KEYS.business)
    .allowItems(['dynamodb:PutItem'], registry.tableArn, BUSINESS_KEYS.proposals, BUSINESS_KEYS.watchList)
    .allowItems(['dynamodb:DeleteItem'], registry.tableArn, BUSINESS_KEYS.proposals);
  const partnerApi = new HotlineFunction(scope, 'PartnerApi', {
    name: 'partner-api',
    environment: { ...common, ...identitiesTable, PARTNER_LINK_KEYS: partnerLinkKeys },
    timeout: HTTP_TIMEOUT,
    memoryMb: 1024,
    concurrency: 10,
    impact: 'Rights stations and businesses cannot see or answer their cases; the days they have run on',
    house,
  })
    .allow([...STEP, 'dynamodb:BatchGetItem', 'dynamodb:Query'], cases.tableArn)
    .allow(QUERY, `${cases.tableArn}/index/partner`)
    .allowPeople(['dynamodb:GetItem', 'dynamodb:PutItem'], identities)
    .allow(QUERY, registry.tableArn);
  const enterCases = new HotlineFunction(scope, 'EnterCases', {
    name: 'enter-cases',
    environment: { ...common, ...identitiesTable, ...informersTable },
    timeout: HTTP_TIMEOUT,
    memoryMb: 1024,
    concurrency: 10,
    impact: 'Staff cannot register letters, visits and what is handed over',
    house,
  })
    .allow(['dynamodb:GetItem', 'dynamodb:PutItem'], cases.tableArn)
    .allowPeopleWriteOnly(identities)
    .allowPeopleWriteOnly(informers)
    .allow(QUERY, registry.tableArn);
  const statisticsApi = new HotlineFunction(scope, 'StatisticsApi', {
    name: 'statistics-api',
    environment: {
      STATISTICS_TABLE: statistics.tableName,
      REGISTRY_TABLE: registry.tableName,
      BUREAU: bureau,
    },
    timeout: HTTP_TIMEOUT,
    concurrency: 20,
    impact: 'Managers see no figures',
    house,
  })
    .allow([...QUERY, ...READ, 'dynamodb:BatchGetItem'], statistics.tableArn)
    .allow(QUERY, registry.tableArn);

  const informerApi = new HotlineFunction(scope, 'InformerApi', {
    name: 'informer-api',
    environment: { ...common, ...identitiesTable, ...informersTable },
    timeout: HTTP_TIMEOUT,
    memoryMb: 1024,
    concurrency: 10,
    impact: 'Those on a report cannot see who informed',
    house,
  })
    .allow([...STEP, UNLESS_LEASED], cases.tableArn)
    .allowPeople(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], informers)
    // A report that turns out to be a complaint takes its person along; complainants cannot be read here.
    .allowPeopleWriteOnly(identities)
    .allow(QUERY, registry.tableArn);
  const draftForms = new HotlineFunction(scope, 'DraftForms', {
    name: 'draft-forms',
    environment: { ...common, ...identitiesTable },
    timeout: FORM_TIMEOUT,
    memoryMb: FORM_MEMORY_MB,
    concurrency: 10,
    impact: 'Officers cannot draw up forms of complaints',
    house,
  })
    .allow(READ, cases.tableArn)
    .allowPeople(['dynamodb:GetItem', 'dynamodb:PutItem'], identities)
    .allow(QUERY, registry.tableArn);
  const draftInformerForms = new HotlineFunction(scope, 'DraftInformerForms', {
    name: 'draft-informer-forms',
    environment: { ...common, ...informersTable },
    timeout: FORM_TIMEOUT,
    memoryMb: FORM_MEMORY_MB,
    concurrency: 5,
    impact: 'Officers cannot draw up forms of reports',
    house,
  })
    .allow(READ, cases.tableArn)
    .allowPeople(['dynamodb:GetItem', 'dynamodb:PutItem'], informers)
    .allow(QUERY, registry.tableArn);

  return [
    ['POST', '/complaints', submitComplaint, 'anyone'],
    ['POST', '/complaints/preview', previewComplaint, 'anyone'],
    ['POST', '/phone-codes', provePhone, 'anyone'],
    ['GET', '/complaints/{number}', trackCase, 'anyone'],
    ['GET', '/complaints/{number}/dates', trackCase, 'anyone'],
    ['POST', '/complaints/{number}/words', takeConsumerStep, 'anyone'],
    ['POST', '/complaints/{number}/rating', takeConsumerStep, 'anyone'],
    ['POST', '/complaints/{number}/reopening', takeConsumerStep, 'anyone'],
    ['POST', '/complaints/{number}/{action}', takeConsumerStep, 'anyone'],
    ['GET', '/statistics', statisticsApi, 'anyone'],
    ['GET', '/units', statisticsApi, 'anyone'],
    ['GET', '/partner/cases', partnerApi, 'anyone'],
    ['GET', '/partner/cases/{number}', partnerApi, 'anyone'],
    ['POST', '/partner/cases/{number}/answer', partnerApi, 'anyone'],
    ['POST', '/desk/entries', enterCases, 'staff'],
    ['POST', '/desk/entries/read', enterCases, 'staff'],
    ['POST', '/desk/imports/preview', enterCases, 'staff'],
    ['POST', '/desk/imports', enterCases, 'staff'],
    ['GET', '/desk/cases', deskApi, 'staff'],
    ['GET', '/desk/filters', deskApi, 'staff'],
    ['POST', '/desk/filters', deskApi, 'staff'],
    ['DELETE', '/desk/filters/{id}', deskApi, 'staff'],
    ['POST', '/desk/search', deskApi, 'staff'],
    ['POST', '/desk/bulk', deskApi, 'staff'],
    ['POST', '/desk/bulk/{id}/undo', deskApi, 'staff'],
    ['GET', '/desk/hints', deskApi, 'staff'],
    ['GET', '/desk/staff', deskApi, 'staff'],
    ['GET', '/desk/due-ahead', deskApi, 'staff'],
    ['GET', '/desk/load', deskApi, 'staff'],
    ['GET', '/desk/absences', deskApi, 'staff'],
    ['POST', '/desk/absences', deskApi, 'staff'],
    ['POST', '/desk/cases/{number}/lease', deskApi, 'staff'],
    ['DELETE', '/desk/cases/{number}/lease', deskApi, 'staff'],
    ['GET', '/desk/cases/{number}', deskApi, 'staff'],
    ['GET', '/desk/cases/{number}/history', deskApi, 'staff'],
    ['GET', '/desk/cases/{number}/complainant', deskApi, 'staff'],
    ['GET', '/desk/cases/{number}/reads', deskApi, 'staff'],
    ['GET', '/desk/cases/{number}/dates', deskApi, 'staff'],
    ['GET', '/desk/cases/{number}/signs', deskApi, 'staff'],
    ['GET', '/desk/cases/{number}/notices', deskApi, 'staff'],
    ['GET', '/desk/cases/{number}/partners', deskApi, 'staff'],
    ['GET', '/desk/businesses/{creditCode}', deskApi, 'staff'],
    ['POST', '/desk/businesses/find', deskApi, 'staff'],
    ['GET', '/desk/class-proposals', deskApi, 'staff'],
    ['POST', '/desk/class-proposals/{creditCode}/decide', deskApi, 'staff'],
    ['GET', '/desk/watch-list', deskApi, 'staff'],
    ['POST', '/desk/watch-list/{creditCode}', deskApi, 'staff'],
    ['POST', '/desk/watch-list/{creditCode}/end', deskApi, 'staff'],
    ['GET', '/desk/incidents', deskApi, 'staff'],
    ['GET', '/desk/incidents/{id}', deskApi, 'staff'],
    ['POST', '/desk/incidents/{id}/dismiss', deskApi, 'staff'],
    ['POST', '/desk/incidents/{id}/join-all', deskApi, 'staff'],
    ['POST', '/desk/incidents/{id}/unjoin-all', deskApi, 'staff'],
    ['GET', '/desk/rules/proposals', deskApi, 'staff'],
    ['POST', '/desk/rules/proposals/{id}', deskApi, 'staff'],
    ['POST', '/desk/rules/undo', deskApi, 'staff'],
    ['POST', '/desk/cases/{number}/{action}', deskApi, 'staff'],
    ['GET', '/desk/cases/{number}/forms/{form}', draftForms, 'staff'],
    ['POST', '/desk/cases/{number}/forms/{form}', draftForms, 'staff'],
    ['GET', '/desk/reports/{number}/informer', informerApi, 'staff'],
    ['GET', '/desk/reports/{number}/reads', informerApi, 'staff'],
    ['POST', '/desk/reports/{number}/reclassify', informerApi, 'staff'],
    ['GET', '/desk/reports/{number}/forms/{form}', draftInformerForms, 'staff'],
    ['POST', '/desk/reports/{number}/forms/{form}', draftInformerForms, 'staff'],
  ];
}
