import type { Ask, AskFile } from '../api/call.ts';
import { ApiProblem } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { problemText } from '../components/problem-text.ts';
import type { Session } from '../components/sign-in.ts';
import { type Pair, say } from '../components/texts.ts';

/** Who looks at the page, and what each part calls. */
export interface Signed {
  session: Session;
  ask: Ask;
  askFile: AskFile;
  /** Shows the part that is open once more. */
  again: () => void;
}

/** Auditors look, administrators change. */
export const mayChange = ({ session }: Signed) => session.role === 'administrator';

/** A calm table: each column has a name and says what stands in it. */
export function table<Row>(
  label: Pair | string,
  columns: readonly (readonly [Pair, (row: Row) => Node | string])[],
  rows: readonly Row[],
  keyOf?: (row: Row) => string,
): HTMLElement {
  const name = typeof label === 'string' ? label : say(label);
  const [head, ...rest] = columns;
  return element(
    'div',
    { class: 'table', role: 'region', tabindex: 0, 'aria-label': name },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element('tr', {}, ...columns.map(([title]) => element('th', { scope: 'col' }, say(title)))),
      ),
      element(
        'tbody',
        {},
        ...rows.map((row) =>
          element(
            'tr',
            { 'data-row': keyOf?.(row) },
            head === undefined ? undefined : element('th', { scope: 'row' }, head[1](row)),
            ...rest.map(([, cell]) => element('td', {}, cell(row))),
          ),
        ),
      ),
    ),
  );
}

/** What went wrong, with the places that the service named. */
export function failed(error: unknown): HTMLElement {
  const places = error instanceof ApiProblem ? error.errors : [];
  return element(
    'div',
    { class: 'failure', role: 'alert' },
    element('p', {}, say(problemText(error))),
    places.length > 0 && element('ul', {}, ...places.map((one) => element('li', {}, say(one)))),
  );
}
