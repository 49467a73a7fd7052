import { type DynamoDBDocumentClient, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Calendar, createCalendar } from '../law/calendar.ts';
import { calendarDocument } from '../law/calendar-document.ts';
import { checkHolidayYear } from '../law/check-holiday-year.ts';
import { HOLIDAY_YEARS, type HolidayYear } from '../law/holidays.ts';

/** Reads and loads the years of the calendar. */
export interface CalendarStore {
  /** The calendar of the built-in and the loaded years; never rejects. */
  read(): Promise<Calendar>;
  /** The years that were loaded, without the built-in ones and without what cannot be read. */
  loadedYears(): Promise<Record<number, HolidayYear>>;
  /** Loads a year, or replaces it; it wins over the built-in one. Rejects with RangeError for a broken notice. */
  load(year: number, notice: HolidayYear): Promise<void>;
}

/** Beginning of the partition key, for the rights of functions. */
export const CALENDAR_KEYS = ['CALENDAR'] as const;
const [PARTITION] = CALENDAR_KEYS;
const CACHE_MS = 60_000;

const calendarItem = z
  .object({
    sk: z.templateLiteral(['YEAR#', z.int()]),
    schemaVersion: z.literal(1),
    off: calendarDocument.shape.off,
    worked: calendarDocument.shape.worked,
    source: z.string(),
  })
  .transform(({ sk, off, worked, source }) => ({
    year: Number(sk.slice('YEAR#'.length)),
    notice: { off, worked, source },
  }))
  .refine(({ year, notice }) => checkHolidayYear(year, notice).length === 0);

/**
 * Keeps loaded years in the table of registers, one item a year. A read is kept for a minute, so a function
 * that lives for days counts by a new year within that minute.
 */
export function createDynamoDbCalendarStore(
  client: DynamoDBDocumentClient,
  registryTable: string,
  now: () => Date,
): CalendarStore {
  let known: Record<number, HolidayYear> = {};
  let cached: { calendar: Calendar; until: number } | undefined;

  const loadedYears = async () => {
    const years: Record<number, HolidayYear> = {};
    const pages = paginateQuery(
      { client },
      {
        TableName: registryTable,
        KeyConditionExpression: 'pk = :calendar',
        ExpressionAttributeValues: { ':calendar': PARTITION },
      },
    );
    for await (const page of pages) {
      for (const item of page.Items ?? []) {
        const parsed = calendarItem.safeParse(item);
        if (parsed.success) years[parsed.data.year] = parsed.data.notice;
      }
    }
    return years;
  };

  return {
    async read() {
      if (cached !== undefined && now().getTime() < cached.until) return cached.calendar;
      try {
        // A year that was readable before and no longer is stays as it was.
        known = { ...known, ...(await loadedYears()) };
      } catch {
        // An intake never stops for a calendar: by the years known so far a date is right, or marked
        // provisional and counted again later. Not kept: the next read tries again.
        return createCalendar({ ...HOLIDAY_YEARS, ...known });
      }
      const calendar = createCalendar({ ...HOLIDAY_YEARS, ...known });
      cached = { calendar, until: now().getTime() + CACHE_MS };
      return calendar;
    },

    loadedYears,

    async load(year, notice) {
      refuseBroken(year, notice);
      await client.send(
        new PutCommand({
          TableName: registryTable,
          Item: {
            pk: PARTITION,
            sk: `YEAR#${year}`,
            schemaVersion: 1,
            entity: 'calendar-year',
            off: notice.off,
            worked: notice.worked,
            source: notice.source,
          },
        }),
      );
      cached = undefined;
    },
  };
}

/** The same store in memory, with these years loaded. */
export function createMemoryCalendarStore(years: Readonly<Record<number, HolidayYear>> = {}): CalendarStore {
  const loaded: Record<number, HolidayYear> = { ...years };
  return {
    read: async () => createCalendar({ ...HOLIDAY_YEARS, ...loaded }),
    loadedYears: async () => structuredClone(loaded),
    async load(year, notice) {
      refuseBroken(year, notice);
      loaded[year] = notice;
    },
  };
}

function refuseBroken(year: number, notice: HolidayYear): void {
  const [finding] = checkHolidayYear(year, notice);
  if (finding !== undefined) throw new RangeError(`${year}: ${finding.en}: ${finding.which.join(' ')}`);
}
