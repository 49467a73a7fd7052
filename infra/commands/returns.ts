import type { CaseEvent } from '../../shared/case/case.ts';
import { RETURN_REASONS } from '../../shared/case/grounds.ts';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import { mendRules } from '../../shared/jurisdiction/mend-rules.ts';
import { lostBy, type Return, returnsOf, suspectRules } from '../../shared/jurisdiction/returns.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { BUREAU_OPTION } from './bureau-option.ts';
import { runCommand, wholeNumber } from './command-line.ts';
import { CASES_AND_REGISTER_OPTIONS, tablesOf } from './connection.ts';
import { readPastCases } from './past-cases.ts';
import { countEvents } from './progress.ts';
import { describeReturns } from './returns/describe.ts';

await runCommand(
  {
    usage: 'npm run returns -- [--days N] [--json] [--cases-table X --registry-table Y]',
    zh: '统计退回：按规则、单位、退回原因各退回多少件、耽误多少小时，并指出总是退回的规则，拟出改法，用这些天的案件试算：改派多少件、可免多少退回、会新增多少。什么都不改。读取整张案件表。',
    en: 'Returns to the hub: how many, and how many hours they cost, by rule, unit and reason; and the rules whose cases keep coming back, each with a change that would mend it and its trial on the cases of these days: how many move, returns saved and caused. Changes nothing. Reads the whole table of cases.',
    positionals: 0,
    options: {
      days: { type: 'string', value: 'N', default: '90', zh: '最近多少天', en: 'of the last N days' },
      json: { type: 'boolean', zh: '以 JSON 输出', en: 'print JSON' },
      bureau: BUREAU_OPTION,
      ...CASES_AND_REGISTER_OPTIONS,
    },
  },
  async (options) => {
    const days = wholeNumber(options.days, '--days', 1);
    const tables = tablesOf(
      ['cases', 'registry'],
      { cases: options['cases-table'], registry: options['registry-table'] },
      options.endpoints,
    );
    const client = createDocumentClient();
    const cases = createDynamoDbCaseStore(client, { cases: tables.cases });
    const histories = new Map<string, CaseEvent[]>();
    const progress = countEvents('读取 / reading');
    for await (const event of cases.allEvents()) {
      progress.advance();
      // Only these say where a case was: the rest of the table is not kept in memory.
      if (event.type !== 'distributed' && event.type !== 'returned') continue;
      histories.set(event.number, [...(histories.get(event.number) ?? []), event]);
    }
    progress.stop();
    const now = new Date();
    const since = addDays(shanghaiDate(now), -days);
    const returns = [...histories.values()]
      .flatMap((history) =>
        returnsOf(
          history.toSorted((a, b) => a.version - b.version),
          now.toISOString(),
        ),
      )
      .filter(({ returnedAt }) => shanghaiDate(returnedAt) >= since);
    const registry = await createDynamoDbRegistryStore(
      client,
      tables.registry,
      options.bureau,
      () => now,
    ).read();
    const past = await readPastCases(cases, options.bureau, since, now);
    const on = shanghaiDate(now);
    const proposals = mendRules(past, registry, { on, days, at: now.toISOString() });
    const figures = { ...summarize(returns, days), proposals };
    process.stdout.write(
      options.json ? `${JSON.stringify(figures)}\n` : `${describeReturns(figures, registry).join('\n')}\n`,
    );
    return 0;
  },
);

function summarize(returns: readonly Return[], days: number) {
  return {
    days,
    returns: returns.length,
    hoursLost: returns.reduce((sum, { hoursLost }) => sum + hoursLost, 0),
    byRule: lostBy(returns, ({ rule }) => rule),
    byUnit: lostBy(returns, ({ unit }) => unit),
    byReason: lostBy(returns, ({ reason }) => RETURN_REASONS[reason]?.zh ?? reason),
    suspects: suspectRules(returns),
  };
}
