import type { Finding, Verification } from './verify.ts';

const FAULTS: Record<Finding['fault'], { zh: string; en: string }> = {
  missing: { zh: '缺少一步，或者多出一步', en: 'a step is missing, or one too many' },
  changed: { zh: '这一步的内容被改动', en: 'what this step says was changed' },
  'words-changed': { zh: '这一步的文字被改动', en: 'the words of this step were changed' },
  unchained: { zh: '这一步没有链上', en: 'this step is not chained' },
  'state-differs': { zh: '案件现状与历史不符', en: 'the case is not what its history makes of it' },
  'no-case': { zh: '有历史而没有案件', en: 'a history without its case' },
  'no-history': { zh: '有案件而没有历史', en: 'a case without its history' },
  unreadable: { zh: '读不懂', en: 'cannot be read' },
};

const SHOWN = 50;

/** The outcome in lines for people: the first broken link of each case. */
export function describeVerification({ cases, broken, dates }: Verification): string[] {
  const lines = broken.slice(0, SHOWN).map(({ number, version, fault, fields = [] }) => {
    const { zh, en } = FAULTS[fault];
    const which = fields.length === 0 ? '' : `: ${fields.join(', ')}`;
    return `断链 / broken: ${number} 第 ${version} 版 / version ${version}: ${zh} / ${en}${which}`;
  });
  if (broken.length > SHOWN) lines.push(`… +${broken.length - SHOWN}`);
  if (dates.length > 0) {
    const rest = dates.length > SHOWN ? ` … +${dates.length - SHOWN}` : '';
    lines.push(
      `日期按现在的日历或者设置会不同，不是断链 / dates that the calendar or the settings of today would count ` +
        `otherwise, no broken link: ${dates.length}: ${dates.slice(0, SHOWN).join(' ')}${rest}`,
    );
  }
  lines.push(
    broken.length === 0
      ? `完好 / whole: ${cases} case(s) verified, no broken link`
      : `有断链 / broken: ${broken.length} of ${cases} case(s)`,
  );
  return lines;
}
