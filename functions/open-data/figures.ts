import type * as z from 'zod';
import type { openFigureRow, openFiguresQuery } from '../../events/open-data.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { FIGURE_FIELDS } from '../../shared/open-data/catalogue.ts';
import type { OpenFigure } from '../../shared/open-data/open-figures.ts';
import { asCsv, documentOf, type OpenDataDependencies, open, overviewOf } from './open-data.ts';

/** Figures of the bureau and its counties, by whole months that are over. */
export async function listFigures(
  { format, from = '', to = '9', county }: z.output<typeof openFiguresQuery>,
  deps: OpenDataDependencies,
): Promise<Answer> {
  const { checkedOn } = await overviewOf(deps);
  const figures = (await documentOf('figures', deps))
    .filter(({ month, code }) => month >= from && month <= to && (county === undefined || code === county))
    .map(rowOf);
  return format === 'csv' ? asCsv('figures', FIGURE_FIELDS, figures) : open({ checkedOn, figures });
}

const rowOf = ({
  code,
  name,
  month,
  roundedTo,
  counts,
  sums,
}: OpenFigure): z.output<typeof openFigureRow> => ({
  code,
  name,
  month,
  roundedTo,
  ...counts,
  ...sums,
});
