import { type Report, sentencesOf } from '../../../shared/reports/report.ts';

/** What `npm run report` prints when it has written its files. */
export function describeReport(report: Report, files: readonly string[]): string[] {
  const { title, subtitle, figures } = report;
  return [
    `${title} ${subtitle}`,
    `句子 / sentences: ${sentencesOf(report).length}，数字 / figures: ${Object.keys(figures).length}`,
    ...files,
  ];
}
