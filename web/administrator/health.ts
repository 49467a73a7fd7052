import type { Health } from '../api/answers.ts';
import { element } from '../components/dom.ts';
import { moment } from '../components/format.ts';
import { say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { deadLetters } from './dead-letters.ts';
import { type Signed, table } from './signed.ts';

type Queue = Health['queues'][number];

/** How the system stands: what needs a hand first, then every queue, stream, task, the proof of the figures and the cost. */
export async function healthView(signed: Signed): Promise<Node[]> {
  const health = await signed.ask('GET /administrator/health');
  const place = element('div', { class: 'dead-letters' });
  return [
    alarms(health),
    ...(health.measured ? [] : [element('p', { class: 'hint' }, say(ADMINISTRATOR.notMeasured))]),
    element('h3', {}, say(ADMINISTRATOR.queues)),
    queueTable(health.queues, (queue) => void deadLetters(queue, place, signed)),
    place,
    element('h3', {}, say(ADMINISTRATOR.proofs)),
    proofTable(health),
    element('h3', {}, say(ADMINISTRATOR.runs)),
    runTable(health),
    element('h3', {}, say(ADMINISTRATOR.streams)),
    table(
      ADMINISTRATOR.streams,
      [
        [ADMINISTRATOR.stream, (one) => say(one)],
        [ADMINISTRATOR.lag, ({ lagSeconds }) => seconds(lagSeconds, health.measured)],
      ],
      health.streams,
    ),
    element('h3', {}, say(ADMINISTRATOR.cost)),
    ...costTable(health.cost),
  ];
}

/** A recount is due every night. */
const LONGEST_MS = 26 * 60 * 60 * 1000;

function alarms({ at, queues, proofs, runs }: Health): HTMLElement {
  const [proof] = proofs;
  const found = [
    ...queues
      .filter(({ dead }) => dead > 0)
      .map((queue) => say(ADMINISTRATOR.deadIn, { queue: say(queue), count: queue.dead })),
    ...(proof !== undefined && Date.parse(at) - Date.parse(proof.at) > LONGEST_MS
      ? [say(ADMINISTRATOR.notProvenToday)]
      : []),
    ...(proof !== undefined && proof.drift > 0 ? [say(ADMINISTRATOR.drifted, { count: proof.drift })] : []),
    ...runs
      .filter(({ failed }) => (failed ?? 0) > 0)
      .map((run) => say(ADMINISTRATOR.failedRuns, { name: say(run), count: run.failed ?? 0 })),
  ];
  if (found.length === 0) {
    return element('p', { class: 'card good', role: 'status' }, say(ADMINISTRATOR.allWell));
  }
  return element(
    'div',
    { class: 'card', role: 'status' },
    element('p', { class: 'bad' }, say(ADMINISTRATOR.needsHand)),
    element('ul', {}, ...found.map((text) => element('li', {}, text))),
  );
}

const seconds = (value: number | null, measured: boolean) =>
  value === null
    ? say(measured ? ADMINISTRATOR.none : ADMINISTRATOR.unmeasured)
    : say(ADMINISTRATOR.seconds, { seconds: Math.round(value) });
const number = (value: number | undefined) => (value === undefined ? say(ADMINISTRATOR.none) : String(value));

function queueTable(queues: readonly Queue[], open: (queue: Queue) => void): HTMLElement {
  return table(
    ADMINISTRATOR.queues,
    [
      [ADMINISTRATOR.queue, (queue) => say(queue)],
      [
        ADMINISTRATOR.dead,
        (queue) =>
          queue.dead === 0
            ? '0'
            : element(
                'span',
                {},
                element('strong', { class: 'bad' }, String(queue.dead)),
                ' ',
                element(
                  'button',
                  {
                    type: 'button',
                    class: 'plain',
                    'aria-label': say(ADMINISTRATOR.look, { queue: say(queue) }),
                    onclick: () => open(queue),
                  },
                  say(ADMINISTRATOR.lookShort),
                ),
              ),
      ],
      [ADMINISTRATOR.waitingNow, ({ waiting }) => number(waiting?.visible)],
      [ADMINISTRATOR.inFlight, ({ waiting }) => number(waiting?.inFlight)],
      [
        ADMINISTRATOR.oldest,
        ({ waiting, oldestSeconds }) =>
          waiting === null || waiting.visible === 0
            ? say(ADMINISTRATOR.none)
            : seconds(oldestSeconds, oldestSeconds !== null),
      ],
    ],
    queues,
    ({ name }) => name,
  );
}

function proofTable({ proofs }: Health): HTMLElement {
  if (proofs.length === 0) return element('p', {}, say(ADMINISTRATOR.notProven));
  return table(
    ADMINISTRATOR.proofs,
    [
      [ADMINISTRATOR.when, ({ at }) => moment(at)],
      [ADMINISTRATOR.events, ({ events }) => String(events)],
      [
        ADMINISTRATOR.drift,
        ({ drift }) => element('span', { class: drift === 0 ? 'good' : 'bad' }, String(drift)),
      ],
    ],
    proofs,
  );
}

const HOUR = 60;
const DAY = 1440;

function runTable({ runs, measured }: Health): HTMLElement {
  const every = (minutes: number) =>
    minutes === DAY
      ? say(ADMINISTRATOR.day)
      : minutes === HOUR
        ? say(ADMINISTRATOR.hour)
        : say(ADMINISTRATOR.minutes, { minutes });
  const orNot = (text: string | undefined) =>
    text ?? say(measured ? ADMINISTRATOR.none : ADMINISTRATOR.unmeasured);
  return table(
    ADMINISTRATOR.runs,
    [
      [ADMINISTRATOR.task, (run) => say(run)],
      [ADMINISTRATOR.every, ({ everyMinutes }) => every(everyMinutes)],
      [ADMINISTRATOR.last, ({ last }) => orNot(last === null ? undefined : moment(last))],
      [ADMINISTRATOR.failed, ({ failed }) => orNot(failed === null ? undefined : String(failed))],
    ],
    runs,
  );
}

/** Four decimals: a complaint costs half a thousandth of a dollar. */
const dollars = (micro: number) => (micro / 1e6).toFixed(4);

function costTable(cost: Health['cost']): Node[] {
  const { month, received, handled } = cost;
  const rows = [
    ...cost.lines.map((line) => [say(line), String(line.count), dollars(line.microDollars)]),
    [say(ADMINISTRATOR.fixed), '', dollars(cost.fixedMicroDollars)],
    [say(ADMINISTRATOR.sum), '', dollars(cost.microDollars)],
    [say(ADMINISTRATOR.smsCost), '', dollars(cost.smsMicroDollars)],
  ];
  return [
    element(
      'p',
      {},
      element('strong', {}, say(ADMINISTRATOR.costSum, { dollars: (cost.microDollars / 1e6).toFixed(2) })),
    ),
    element('p', { class: 'hint' }, say(ADMINISTRATOR.costHint, { month, received, handled })),
    element(
      'details',
      {},
      element('summary', {}, say(ADMINISTRATOR.costLines)),
      table(
        ADMINISTRATOR.cost,
        [
          [ADMINISTRATOR.work, ([work = '']) => work],
          [ADMINISTRATOR.count, ([, count = '']) => count],
          [ADMINISTRATOR.dollars, ([, , sum = '']) => sum],
        ],
        rows,
      ),
    ),
  ];
}
