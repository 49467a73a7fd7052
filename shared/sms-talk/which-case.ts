import type { CaseNumber } from '../case/case-number.ts';
import type { Talk, TalkCase } from './talk.ts';
import { cut, LONGEST } from './texts.ts';

/** How a text says which case it means. */
interface Named {
  /** Case numbers in it. */
  numbers: readonly CaseNumber[];
  handle?: number | undefined;
  text: string;
}

/** The one case that a text names: by its number, by its handle, by the business. */
export function caseNamed(
  cases: readonly TalkCase[],
  { numbers, handle, text }: Named,
): TalkCase | undefined {
  const byNumber = cases.find((one) => one.number !== undefined && numbers.includes(one.number));
  if (byNumber !== undefined) return byNumber;
  const byHandle = handle === undefined ? undefined : cases.find((one) => one.handle === handle);
  if (byHandle !== undefined) return byHandle;
  const byBusiness = cases.filter(({ business }) => business !== undefined && text.includes(business));
  return byBusiness.length === 1 ? byBusiness[0] : undefined;
}

/** The case that was spoken of last. */
export function latestCase({ cases }: Pick<Talk, 'cases'>): TalkCase | undefined {
  return cases
    .filter(({ withdrawn }) => !withdrawn)
    .reduce<TalkCase | undefined>(
      (latest, one) => (latest === undefined || one.lastAt >= latest.lastAt ? one : latest),
      undefined,
    );
}

/** The numbered choices as they are sent: `1.483729-2南苑超市；2.…`; the latest when there are many. */
export function choicesOf(cases: readonly TalkCase[]): { zh: string; handles: number[] } {
  const offered = cases.slice(-LONGEST.choices);
  const words = offered.map(({ handle, number, business }) => {
    const tail = number?.slice('YYMMDD-'.length) ?? '';
    return `${handle}.${tail}${cut((business ?? '').replace(/[{}]/g, ''), LONGEST.business)}`;
  });
  return { zh: words.join('；'), handles: offered.map(({ handle }) => handle) };
}
