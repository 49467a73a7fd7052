import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadFonts } from '../../shared/forms/fonts.ts';
import { byCode } from '../../shared/jurisdiction/registry.ts';
import { composeReport } from '../../shared/reports/compose.ts';
import { gatherReport, stepsToGather } from '../../shared/reports/gather.ts';
import { renderReport } from '../../shared/reports/render.ts';
import { createDynamoDbAlarmStore } from '../../shared/store/alarm-store.ts';
import { createDocumentClient } from '../../shared/store/dynamodb.ts';
import { createDynamoDbStatisticsStore } from '../../shared/store/dynamodb-statistics-store.ts';
import { createDynamoDbRegistryStore } from '../../shared/store/registry-store.ts';
import { createDynamoDbReportStore } from '../../shared/store/report-store.ts';
import { BUREAU_OPTION } from './bureau-option.ts';
import { CommandFailure, runCommand } from './command-line.ts';
import { ENDPOINTS_OPTION, tablesOf } from './connection.ts';
import { startProgress } from './progress.ts';
import { describeReport } from './report/describe.ts';
import { requestFrom } from './report/request.ts';

await runCommand(
  {
    usage:
      'npm run report -- --month 2026-10 | --year 2026 | --day 2026-10-31 [--public] [--unit CODE] [--language zh|en] [--format docx,pdf,xlsx,json] [--out DIR] [--statistics-table X --registry-table Y]',
    zh: '按规则写出工作总结（月报、年度总结、今日要情、公示），每个数字都有公式和依据。已公布过的时段，更正前后的数字并列。只读，不改数据。退出码：0 写好，1 出错，2 用法不对。',
    en: 'Writes the work summary of a month or year, the brief of a day or the public report, by rules, each figure with formula and source; figures corrected since they were published stand beside the published ones. Changes no data. Exit code: 0 written, 1 failed, 2 called wrongly.',
    positionals: 0,
    options: {
      month: { type: 'string', value: 'YYYY-MM', zh: '月报', en: 'a monthly summary' },
      year: { type: 'string', value: 'YYYY', zh: '年度总结', en: 'a yearly summary' },
      day: { type: 'string', value: 'YYYY-MM-DD', zh: '今日要情', en: 'the brief of a day' },
      public: {
        type: 'boolean',
        zh: '公示：不含举报，小数字取整',
        en: 'for everybody: without reports, small numbers rounded; with --month or --year',
      },
      unit: {
        type: 'string',
        value: 'CODE',
        zh: '单位代码，默认市局',
        en: 'code of the unit; default: the bureau',
      },
      language: { type: 'string', value: 'zh|en', default: 'zh', zh: '语言', en: 'language' },
      format: {
        type: 'string',
        value: 'LIST',
        default: 'docx,pdf,xlsx',
        zh: '格式，逗号分隔',
        en: 'formats with commas between: docx, pdf, xlsx, json',
      },
      out: { type: 'string', value: 'DIR', default: '.', zh: '写到哪个目录', en: 'folder to write to' },
      bureau: BUREAU_OPTION,
      'statistics-table': {
        type: 'string',
        value: 'NAME',
        zh: '已部署系统的统计表',
        en: 'a deployed system’s statistics table; give both',
      },
      'registry-table': {
        type: 'string',
        value: 'NAME',
        zh: '登记表',
        en: 'its register; credentials and region come from the environment',
      },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async (options) => {
    const { request, formats } = requestFrom(options);
    const tables = tablesOf(
      ['statistics', 'registry'],
      { statistics: options['statistics-table'], registry: options['registry-table'] },
      options.endpoints,
    );
    const client = createDocumentClient();
    const now = () => new Date();
    const registry = await createDynamoDbRegistryStore(client, tables.registry, options.bureau, now).read();
    if (!byCode(registry.units).has(request.unit)) {
      throw new CommandFailure(`没有这个单位 / There is no unit ${request.unit} (GET /units)`);
    }
    const reports = createDynamoDbReportStore(client, tables.statistics);
    const alarms = createDynamoDbAlarmStore(client, tables.registry, options.bureau);
    const publication = await reports.publication(request);
    const before = publication && (await reports.source(publication.id));
    const progress = startProgress('撰写 / writing', stepsToGather(request, registry) + formats.length);
    const source = await gatherReport(request, {
      statistics: createDynamoDbStatisticsStore(client, tables.statistics),
      registry,
      alarms: (from) => alarms.alarms(from),
      published: publication && before && { ...publication, figures: before.now },
      at: now().toISOString(),
      onStep: () => progress.advance(),
    });
    const report = composeReport(source);
    mkdirSync(options.out, { recursive: true });
    const fonts = loadFonts();
    const files: string[] = [];
    for (const format of formats) {
      const file = join(options.out, `${request.kind}-${request.unit}-${request.period}.${format}`);
      writeFileSync(file, await renderReport(report, format, fonts));
      files.push(file);
      progress.advance();
    }
    progress.stop();
    process.stdout.write(`${describeReport(report, files).join('\n')}\n`);
    return 0;
  },
);
