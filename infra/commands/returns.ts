import type { CaseEvent } from '../../shared/case/case.ts';
import { RETURN_REASONS } from '../../shared/case/grounds.ts';
import { addDays, shanghaiDate } from '../../shared/dates.ts';
import { lostBy, type Return, returnsOf, suspectRules } from '../../shared/jurisdiction/returns.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbCaseStore } from '../../shared/store/dynamodb-case-store.ts';
import { runCommand, wholeNumber } from './command-line.ts';
import { ENDPOINTS_OPTION, tablesOf } from './connection.ts';
import { countEvents } from './progress.ts';
import { describeReturns } from './returns/describe.ts';

await runCommand(
  {
    usage: 'npm run returns -- [--days N] [--json] [--cases-table X]',
    zh: '统计退回：按规则、单位、退回原因各退回多少件、耽误多少小时，并指出总是退回、最终归同一单位的规则。读取整张案件表。',
    en: 'Returns to the hub: how many, and how many hours they cost, by rule, unit and reason; and the rules whose cases keep coming back and end with the same other unit. Reads the whole table of cases.',
    positionals: 0,
    options: {
      days: { type: 'string', value: 'N', default: '90', zh: '最近多少天', en: 'of the last N days' },
      json: { type: 'boolean', zh: '以 JSON 输出', en: 'print JSON' },
      'cases-table': {
        type: 'string',
        value: 'NAME',
        zh: '已部署系统的案件表',
        en: 'a deployed system’s cases table; credentials and region come from the environment',
      },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options) => {
    const days = wholeNumber(options.days, '--days', 1);
    const { cases: table } = tablesOf(['cases'], { cases: options['cases-table'] }, options.endpoints);
    const cases = createDynamoDbCaseStore(createDocumentClient(), { cases: table });
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
    const figures = summarize(returns, days);
    process.stdout.write(
      options.json ? `${JSON.stringify(figures)}\n` : `${describeReturns(figures).join('\n')}\n`,
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
