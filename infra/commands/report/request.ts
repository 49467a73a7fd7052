import { reportRequest } from '../../../events/reports.ts';
import type { ReportRequest } from '../../../shared/reports/gather.ts';
import type { Format } from '../../../shared/reports/order.ts';
import { WrongUsage } from '../command-line.ts';

interface Options {
  month?: string | undefined;
  year?: string | undefined;
  day?: string | undefined;
  public: boolean;
  unit?: string | undefined;
  language: string;
  format: string;
  bureau: string;
}

/** What the options ask for, held against the contract of the API. @throws WrongUsage */
export function requestFrom(options: Options): { request: ReportRequest; formats: readonly Format[] } {
  const { month, year, day, unit = options.bureau } = options;
  const given = { monthly: month, yearly: year, daily: day };
  const chosen = Object.entries(given).filter(([, period]) => period !== undefined);
  const [[kind, period] = []] = chosen;
  if (chosen.length !== 1 || kind === undefined || (options.public && day !== undefined)) {
    throw new WrongUsage(
      '请给出 --month、--year、--day 中的一个；公示用月或者年 / Give one of --month, --year, --day; --public takes a month or a year',
    );
  }
  const read = reportRequest.safeParse({
    kind: options.public ? 'public' : kind,
    unit,
    period,
    language: options.language,
    formats: options.format.split(',').map((one) => one.trim()),
  });
  if (!read.success) {
    throw new WrongUsage(
      read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
    );
  }
  const { formats, ...request } = read.data;
  return { request: { ...request, unit, sealed: !options.public }, formats };
}
