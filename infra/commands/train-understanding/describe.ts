import type { ModelEntry, ModelMove } from '../../../shared/store/model-store.ts';
import type { Learnt } from '../../../shared/understanding/learning/bureau-model.ts';
import type { Review } from '../../../shared/understanding/learning/train-bureau.ts';

const FIELDS: Record<Learnt | 'category', string> = {
  kind: '性质 / kind',
  problem: '问题类别 / problem',
  subject: '商品服务类别 / goods or service',
  scope: '管辖 / scope',
  category: '本局分类 / own classes',
};
const VERDICTS: Record<Review['verdict'], string> = {
  better: '更好，可以上线 / better: may be published',
  same: '没有变好，也没有变差 / no better and no worse',
  worse: '更差，不上线 / worse: not to be published',
  untested: '没有可供检验的案件，不上线 / no case to review it on: not to be published',
};
const SHOWN = 100;

/** A review in lines for people: how often each was right, and every answer that would be another one. */
export function describeReview({ cases, fields, changes, verdict }: Review): string[] {
  const lines = [
    `最近 ${cases} 件案件，原来与新的对比 / the last ${cases} case(s), old against new:`,
    ...fields.map(
      ({ field, cases: n, oldRight, newRight }) =>
        `  ${FIELDS[field]}: ${percent(oldRight, n)} → ${percent(newRight, n)} (${n})`,
    ),
    ...changes.slice(0, SHOWN).map(({ number, sealed, field, old, new: next, right }) => {
      const sign = next.label === right ? '+' : old.label === right ? '-' : '~';
      // Who is not on a report does not learn of it (Art. 37).
      const which = sealed ? '（举报 / a report）' : number;
      return `${sign} ${which} ${FIELDS[field]}: ${old.label} ${old.confidence} → ${next.label} ${next.confidence}`;
    }),
  ];
  if (changes.length > SHOWN) lines.push(`… +${changes.length - SHOWN}`);
  return [...lines, VERDICTS[verdict]];
}

/** The models of a bureau, which of them is live, and how that came. */
export function describeModels(
  live: number,
  versions: readonly ModelEntry[],
  moves: readonly ModelMove[],
): string[] {
  return [
    ...versions.map(({ version, trainedOn, cases, corrections }) => {
      const mark = version === live ? '* ' : '  ';
      return `${mark}${version}  ${trainedOn}  ${cases} 件 / cases, ${corrections} 处更正 / corrections`;
    }),
    ...moves.map(({ at, action, from, to, by, verdict = '' }) =>
      `${at}  ${action} ${from} → ${to}  ${by}  ${verdict}`.trimEnd(),
    ),
    live === 0 ? '现用内置知识 / the built-in knowledge is live' : `现用 / live: ${live}`,
  ];
}

const percent = (right: number, of: number) => `${((100 * right) / of).toFixed(1)} %`;
