import type { CaseEvent } from '../../shared/case/case.ts';
import type { Increment } from '../../shared/statistics/counters.ts';

/*
 * The counters of units, worked out a second time from whole histories, by somebody who has not looked at
 * contributions.ts: each counter is a question to the finished history. Slow, plain, and written to disagree.
 */

interface Hit {
  counter: string;
  units: readonly string[];
  day: string;
  value: number;
}

const by = (history: readonly CaseEvent[], ...types: string[]) =>
  history.filter(({ type }) => types.includes(type));
const once = (counter: string, { unitPath, on }: CaseEvent, value = 1): Hit => ({
  counter,
  units: unitPath,
  day: on,
  value,
});
const hours = (from: string, to: string) =>
  Math.max(0, Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 3.6e6));
const shanghai = (at: string) => new Date(new Date(at).getTime() + 8 * 3.6e6).toISOString().slice(0, 10);

const SIMPLE: Record<string, string[]> = {
  distributed: ['distributed'],
  referred: ['referred'],
  returned: ['returned'],
  offeredFirst: ['offered-first'],
  reconciled: ['reconciled', 'settlement-confirmed'],
  accepted: ['accepted'],
  refused: ['refused'],
  settled: ['settled'],
  performed: ['performed'],
  terminated: ['terminated'],
  withdrawn: ['withdrawn'],
  closed: ['closed'],
  published: ['published'],
  excluded: ['excluded'],
  reopened: ['reopened'],
  joined: ['joined'],
  calledBack: ['called-back'],
  verified: ['verified'],
  filed: ['filed'],
  notFiled: ['not-filed'],
  decided: ['decided'],
  handedOver: ['handed-over'],
  answered: ['answered'],
  pointedElsewhere: ['pointed-elsewhere'],
  supervised: ['supervised'],
  rated: ['rated'],
};
const RECEIVED: Record<string, string> = {
  complaint: 'received',
  report: 'reportsReceived',
  inquiry: 'inquiriesReceived',
  other: 'inquiriesReceived',
};
const MONEY: Record<string, string> = {
  claimed: 'claimedFen',
  agreed: 'agreedFen',
  proven: 'provenFen',
  'paid-first': 'paidFirstFen',
  fine: 'fineFen',
  'case-value': 'caseValueFen',
  reward: 'rewardFen',
};
const NOT_OURS = ['identity', 'promise', 'station-first', 'confirm-first'];
const DUE: Record<string, [string, string]> = {
  accept: ['dueDecisions', 'dueDecisionsInTime'],
  'verify-report': ['dueVerifications', 'dueVerificationsInTime'],
  'verify-clue': ['dueVerifications', 'dueVerificationsInTime'],
  publish: ['duePublications', 'duePublicationsDone'],
};

export function recountByHand(histories: readonly (readonly CaseEvent[])[]): Increment[] {
  const sums = new Map<string, Increment>();
  for (const { counter, units, day, value } of histories.flatMap(hitsOf)) {
    for (const unit of units) {
      const line = sums.get(`${unit} ${day}`) ?? { unit, day, counts: {} };
      const counts = line.counts as Record<string, number>;
      counts[counter] = (counts[counter] ?? 0) + value;
      sums.set(`${unit} ${day}`, line);
    }
  }
  return [...sums.values()];
}

function hitsOf(history: readonly CaseEvent[]): Hit[] {
  const [first] = history as [CaseEvent];
  const elsewhere = by(history, 'reclassified').length > 0;
  const receivedAt = (first.facts.receivedAt as string | undefined) ?? first.at;
  const firstAccepted = by(history, 'accepted')[0]?.version ?? Number.POSITIVE_INFINITY;
  const isEnd = ({ type, version }: CaseEvent) =>
    type === 'settled' || type === 'terminated' || (type === 'withdrawn' && version > firstAccepted);

  const hits: Hit[] = Object.entries(SIMPLE).flatMap(([counter, types]) =>
    by(history, ...types).map((event) => once(counter, event)),
  );
  hits.push(...by(history, 'recalled').map((event) => once('distributed', event, -1)));
  for (const event of by(history, 'reconciled', 'settlement-confirmed')) {
    hits.push(
      once(event.facts.partnerKind === 'business' ? 'reconciledOnline' : 'reconciledAtStation', event),
    );
  }
  for (const event of by(history, 'called-back')) {
    const said = event.facts.satisfaction;
    if (said === 'satisfied' || said === 'mostly-satisfied') hits.push(once('satisfied', event));
  }
  for (const event of by(history, 'rated')) hits.push(once('ratedPoints', event, Number(event.facts.points)));
  hits.push(...history.filter(isEnd).map((event) => once('handled', event)));

  const lateEvents = by(history, 'escalated').filter(
    ({ facts }) => facts.level === 1 && !NOT_OURS.includes(String(facts.clock)),
  );
  hits.push(...lateEvents.map((event) => once('late', event)));

  const response = by(
    history,
    'accepted',
    'refused',
    'proof-asked',
    'offered-first',
    'mediation-started',
    'pointed-elsewhere',
    'answered',
    'told',
  )[0];
  if (response !== undefined) {
    const took = hours(receivedAt, response.at);
    hits.push(once('responded', response), once('responseHours', response, took));
    if (took < 24) hits.push(once('respondedInTime', response));
  }

  // The result is told once in each round: a round ends when the case is opened again.
  for (const round of roundsOf(history, ['reopened'])) {
    const ended = round.find(isEnd);
    const told = round.find(
      ({ type, version, facts }) =>
        ended !== undefined &&
        version > ended.version &&
        (type === 'closed' || (type === 'told' && facts.party === 'complainant' && facts.form !== 'form-5')),
    );
    if (told !== undefined) hits.push(once('handledTold', told));
  }

  for (const event of by(history, 'closed')) {
    const days = Math.round(
      (Date.parse(`${event.on}T00:00Z`) - Date.parse(`${shanghai(receivedAt)}T00:00Z`)) / 8.64e7,
    );
    hits.push(once('closeDays', event, days));
    const earlier = history.filter(({ version }) => version <= event.version);
    const wasLate =
      lateEvents.some(({ version }) => version <= event.version) ||
      earlier.some(({ ended = [], on }) =>
        ended.some(({ clock, due }) => on > due && !NOT_OURS.includes(clock)),
      );
    if (!wasLate) hits.push(once('closedInTime', event));
  }

  for (const event of by(history, 'returned')) {
    const handedOut = history.findLast(
      ({ type, version }) => type === 'distributed' && version < event.version,
    );
    if (handedOut !== undefined) hits.push(once('returnedHours', event, hours(handedOut.at, event.at)));
  }

  hits.push(...dueHits(history, lateEvents));

  // Money on its day; a correction where the sum was last written down.
  for (const event of history) {
    for (const [entry, fen] of Object.entries(event.money ?? {})) {
      if (event.type === 'registered') continue;
      let place = event;
      while (place.type === 'money-corrected') {
        const before = history.findLast(
          (other) =>
            other.version < place.version &&
            other.type !== 'registered' &&
            other.money?.[entry as keyof typeof other.money] !== undefined,
        );
        if (before === undefined) break;
        place = before;
      }
      hits.push(once(MONEY[entry] as string, place, fen));
    }
  }

  if (!elsewhere) hits.push(...receivedHits(history), ...cohortHits(history, isEnd, shanghai(receivedAt)));
  return hits;
}

function roundsOf(history: readonly CaseEvent[], breaks: readonly string[]): CaseEvent[][] {
  const rounds: CaseEvent[][] = [[]];
  for (const event of history) {
    if (breaks.includes(event.type)) rounds.push([]);
    rounds.at(-1)?.push(event);
  }
  return rounds;
}

/** Each unit has received a case when it first came there; what was handed out by a slip never came. */
function receivedHits(history: readonly CaseEvent[]): Hit[] {
  const [first] = history as [CaseEvent];
  const claimed = first.money?.claimed ?? 0;
  const arrivals = new Map<string, CaseEvent>();
  for (const event of history) {
    if (event.type === 'recalled') {
      const slip = history.findLast(
        ({ type, version }) =>
          version < event.version && ['distributed', 'designated', 'joined'].includes(type),
      );
      for (const [unit, came] of arrivals) if (came === slip) arrivals.delete(unit);
    }
    if (!['registered', 'distributed', 'designated', 'joined'].includes(event.type)) continue;
    for (const unit of event.unitPath) if (!arrivals.has(unit)) arrivals.set(unit, event);
  }
  return [...arrivals].flatMap(([unit, { on }]) => [
    { counter: RECEIVED[first.kind] as string, units: [unit], day: on, value: 1 },
    ...(claimed > 0 ? [{ counter: 'claimedFen', units: [unit], day: on, value: claimed }] : []),
  ]);
}

/** Periods that ended in time count on their last day, those that did not for whoever let them pass. */
function dueHits(history: readonly CaseEvent[], lateEvents: readonly CaseEvent[]): Hit[] {
  const rounds = roundsOf(history, ['reopened', 'insisted', 'handed-back', 'moved-on']);
  return rounds.flatMap((round) => {
    const outcomes = new Map<string, Hit[]>();
    for (const event of round) {
      if (lateEvents.includes(event)) {
        const clock = String(event.facts.clock);
        const authority = event.unitPath[1] ?? event.unitPath[0];
        const day = clock === 'publish' ? event.on : String(event.facts.due);
        const names = DUE[clock];
        outcomes.set(
          `late ${clock} ${authority}`,
          names ? [{ counter: names[0], units: event.unitPath, day, value: 1 }] : [],
        );
      }
      for (const { clock, due, authority } of event.ended ?? []) {
        const names = DUE[clock];
        const late = `late ${clock} ${authority}`;
        if (event.on > due) {
          if (names && !outcomes.has(late)) {
            outcomes.set(`late ${clock} ${event.unitPath[1] ?? event.unitPath[0]}`, [
              {
                counter: names[0],
                units: event.unitPath,
                day: clock === 'publish' ? event.on : due,
                value: 1,
              },
            ]);
          }
        } else {
          outcomes.delete(late);
          if (names) {
            outcomes.set(`kept ${clock} ${event.version}`, [
              {
                counter: names[0],
                units: event.unitPath,
                day: clock === 'publish' ? event.on : due,
                value: 1,
              },
              {
                counter: names[1],
                units: event.unitPath,
                day: clock === 'publish' ? event.on : due,
                value: 1,
              },
            ]);
          }
        }
      }
    }
    return [...outcomes.values()].flat();
  });
}

function cohortHits(history: readonly CaseEvent[], isEnd: (event: CaseEvent) => boolean, day: string): Hit[] {
  const [first] = history as [CaseEvent];
  const last = (...types: string[]) => by(history, ...types).at(-1)?.version ?? 0;
  if (last('joined') > last('unjoined')) return [];
  const place = history.findLast(({ type }) =>
    ['registered', 'distributed', 'designated', 'joined', 'returned', 'recalled', 'not-reached'].includes(
      type,
    ),
  ) as CaseEvent;
  const units = ['returned', 'recalled', 'not-reached'].includes(place.type)
    ? place.unitPath.slice(0, 1)
    : place.unitPath;
  const now = roundsOf(history, ['reopened']).at(-1) ?? [];
  const hit = (counter: string, holds: boolean): Hit[] => (holds ? [{ counter, units, day, value: 1 }] : []);
  if (first.kind === 'report') {
    return [
      ...hit('ofReports', true),
      ...hit('ofReportsResolved', by(history, 'filed', 'not-filed').length > 0),
    ];
  }
  if (first.kind !== 'complaint') return [];
  const ended = now.find(isEnd);
  const told = now.some(
    ({ type, version, facts }) =>
      ended !== undefined &&
      version > ended.version &&
      (type === 'closed' || (type === 'told' && facts.party === 'complainant' && facts.form !== 'form-5')),
  );
  return [
    ...hit('ofReceived', true),
    ...hit('ofDecided', by(history, 'accepted', 'refused').length > 0),
    ...hit('ofAccepted', by(history, 'accepted').length > 0),
    ...hit('ofHandled', ended !== undefined),
    ...hit('ofTold', told),
    ...hit('ofSolved', by(now, 'settled', 'reconciled', 'settlement-confirmed').length > 0),
    ...hit('ofClosed', by(now, 'closed').length > 0),
  ];
}
