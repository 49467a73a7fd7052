import { type Instant, shanghaiDate } from '../dates.ts';
import { kindOfCase } from '../understanding/kind-of-case.ts';
import { QUESTION_TEXTS } from '../understanding/question-texts.ts';
import { type Question, understandAnswer } from '../understanding/questions.ts';
import { fold } from '../understanding/source.ts';
import type { Effect } from './effects.ts';
import { findCaseNumbers } from './find-number.ts';
import {
  type Context,
  caseOf,
  contact,
  DAY,
  HOUR,
  type IncomingText,
  instantOf,
  MINUTE,
  type Reading,
  refOf,
  replied,
  type Scene,
  type Taken,
  timeOf,
  waiting,
} from './scene.ts';
import {
  type CaseCommand,
  type Given,
  MOST_CASES,
  newTalk,
  type State,
  type Talk,
  type TalkCase,
  withCase,
  withChanged,
  withSeen,
} from './talk.ts';
import { caseNamed, choicesOf, latestCase } from './which-case.ts';
import {
  ADDS,
  ANOTHER,
  ASKS_BACK,
  ASKS_STATUS,
  BEGINS,
  handleIn,
  type Intent,
  intentOf,
  LONGEST_COMMAND,
  LONGEST_QUESTION,
  LONGEST_WITHDRAWAL,
  NO,
  NOT_WITHDRAWN,
  pointsOf,
  WITHDRAWS,
  YES,
} from './words.ts';

/** Texts within this time are one story; after registration they are additions to it. */
const JOINED_WITHIN = 10 * MINUTE;
/** After such a silence nothing is said in the context of what was said before. */
const TALK_ENDS = DAY;
/** How long each state waits for the text that it is about. */
const PATIENCE: Readonly<Record<State['name'], number>> = {
  listening: Number.POSITIVE_INFINITY,
  telling: JOINED_WITHIN,
  asking: TALK_ENDS,
  confirming: HOUR,
  choosing: HOUR,
  rating: 7 * DAY,
  adding: HOUR,
};
const MOST_QUESTIONS = 3;
/** More texts in an hour are kept without a reply. */
export const MOST_AN_HOUR = 30;
const BETWEEN_HINTS = DAY;
const MOST_PARTS = 10;
/** Words of a case kept to find out what is still missing. */
const TOLD_AT_MOST = 2_000;
/** Shorter texts finish no story. */
const LEAST_TOLD = 6;
/** The same words again are the same text sent again. */
const LEAST_REPEATED = 8;
/** Everyday texts joined to more than this look like a story, and hardly any below is so surely a complaint. */
const LONGEST_JOINED = 100;
const SURE_WHEN_JOINED = 0.6;
/** A business that is named less surely does not make another case. */
const SURELY_NAMED = 0.5;

/** Gives what follows from the text, or undefined when it is none of this step's business. */
type Step = (scene: Scene) => Taken | undefined;

/** What a text can be, in the order in which it is asked. The first that knows it takes it. */
const STEPS: readonly Step[] = [
  takeEmpty,
  takeTooMany,
  takeShortAnswer,
  takeWrongNumber,
  takeCommand,
  takeNumbered,
  takeAnnouncedAddition,
  takeAnswer,
  takeAddition,
  takeStory,
];

/**
 * Takes one text of one phone: what it leads to, and the talk after it. Pure and total: any text gives exactly one
 * effect and at most one reply; a text that was taken before changes nothing and has no effects.
 * @param talk what is kept of this phone; undefined for its first text
 */
export function takeText(talk: Talk | undefined, incoming: IncomingText, context: Context): Taken {
  if (talk?.seen.includes(incoming.id) === true) return { talk, effects: [] };
  const before = talk ?? newTalk(instantOf(timeOf(incoming.at, 0)));
  const last = timeOf(before.lastAt, 0);
  const sentAt = timeOf(incoming.at, last);
  const now = Math.max(sentAt, last);
  const { numbers, isWrong, rest } = findCaseNumbers(incoming.text);
  const scene: Scene = {
    talk: knowing(context.ownCases, numbers, counted(awake(withSeen(before, incoming.id), now), now), now),
    incoming,
    sentAt,
    now,
    said: fold(rest).trim(),
    numbers,
    isWrongNumber: isWrong,
    context: remembering(context),
  };
  for (const step of STEPS) {
    const taken = step(scene);
    if (taken !== undefined) return taken;
  }
  return contact(scene, 'everyday');
}

/** Several steps look at the same words: they are read once. */
function remembering(context: Context): Context {
  const readings = new Map<string, Reading>();
  const read = (text: string): Reading => {
    const reading = readings.get(text) ?? context.read(text);
    readings.set(text, reading);
    return reading;
  };
  return { ...context, read };
}

/** The talk without what the silence has ended: cases stay, what was asked and the words told go. */
function awake(talk: Talk, now: number): Talk {
  const { state } = talk;
  return {
    ...talk,
    lastAt: instantOf(now),
    state: now > endOf(state) ? { name: 'listening' } : state,
    cases: talk.cases.map((one) =>
      one.told !== '' && now > timeOf(one.lastAt, 0) + TALK_ENDS ? { ...one, told: '' } : one,
    ),
  };
}

/** Until when a state waits for a text. */
function endOf(state: State): number {
  if (state.name === 'listening') return Number.POSITIVE_INFINITY;
  const since = state.name === 'telling' ? (state.parts.at(-1)?.at ?? '') : state.at;
  return timeOf(since, 0) + PATIENCE[state.name];
}

/** When the silence will end something in this talk; undefined when nothing is left to end. */
export function silenceEndsAt(talk: Talk): Instant | undefined {
  const told = talk.cases.filter((one) => one.told !== '').map((one) => timeOf(one.lastAt, 0) + TALK_ENDS);
  const first = Math.min(endOf(talk.state), ...told);
  return Number.isFinite(first) ? instantOf(first + 1) : undefined;
}

/**
 * The talk after a silence until now. What was told is lost to the talk only: each text is with its case, or was kept
 * as a contact when it came.
 */
export function afterSilence(talk: Talk, now: Instant): Talk {
  return awake(talk, Math.max(timeOf(now, 0), timeOf(talk.lastAt, 0)));
}

function counted(talk: Talk, now: number): Talk {
  const recent = talk.recent.filter((at) => now - timeOf(at, 0) < HOUR);
  return { ...talk, recent: [...recent, instantOf(now)].slice(-(MOST_AN_HOUR + 1)) };
}

/**
 * The talk with the cases that came by other channels, as many as there is room for beside those named in the text; they
 * are older than anything said here.
 */
function knowing(ownCases: Context['ownCases'], named: readonly string[], talk: Talk, now: number): Talk {
  const unknown = (ownCases ?? []).filter(({ number }) => talk.cases.every((one) => one.number !== number));
  const room = MOST_CASES - talk.cases.length;
  const isNamed = ({ number }: { number: string }) => named.includes(number);
  // The oldest go first when there are too many: not those that the text names.
  const missing = [
    ...unknown.filter((one) => !isNamed(one)).slice(Math.max(0, unknown.length - room)),
    ...unknown.filter(isNamed),
  ];
  return missing.reduce(
    (known, { number, business }) =>
      withCase(known, {
        id: number,
        number,
        ...(business === undefined ? {} : { business }),
        withdrawn: false,
        asked: [],
        answers: [],
        told: '',
        lastAt: instantOf(Math.max(0, now - TALK_ENDS)),
      }),
    talk,
  );
}

function takeEmpty(scene: Scene): Taken | undefined {
  return scene.incoming.text.trim() === '' ? contact(scene, 'empty') : undefined;
}

/** Too many texts in an hour: said once, then silence until an hour without. 退订 is always heard. */
function takeTooMany(scene: Scene): Taken | undefined {
  const { talk, now, said } = scene;
  const quietUntil = timeOf(talk.quietUntil ?? '', 0);
  if ((talk.recent.length <= MOST_AN_HOUR && now >= quietUntil) || intentOf(said) === 'stop')
    return undefined;
  const isFirst = now - quietUntil > HOUR;
  const isStill = talk.recent.length > MOST_AN_HOUR;
  const quiet = isStill ? { ...talk, quietUntil: instantOf(now + HOUR) } : talk;
  const kept = contact({ ...scene, talk: quiet }, 'too-many');
  return isFirst ? replied(scene, kept, 'too-many') : kept;
}

/** 是, 2, 5: what is short and can only be an answer to what was asked. */
function takeShortAnswer(scene: Scene): Taken | undefined {
  const { state } = scene.talk;
  if (state.name === 'listening' || state.name === 'telling' || state.name === 'adding') return undefined;
  if (scene.sentAt <= timeOf(state.at, 0)) return undefined;
  if (state.name === 'choosing') return takeChoice(scene, state);
  const meant = caseOf(scene.talk, state.case);
  if (meant === undefined) return undefined;
  if (state.name === 'confirming') return takeConfirmation(scene, meant);
  if (state.name === 'rating') {
    const rated = pointsOf(scene.said, true);
    return rated === undefined ? undefined : rate(scene, meant, rated);
  }
  const isChoice = state.question.choices !== undefined && intentOf(scene.said) !== 'stop';
  const answer = understandAnswer(state.question, scene.said, shanghaiDate(instantOf(scene.sentAt)));
  const isPlain = answer.understood && (answer.confirmed === true || answer.value === null || isChoice);
  return isPlain && scene.said.length <= LONGEST_QUESTION
    ? answered(scene, meant, state.question)
    : undefined;
}

function takeConfirmation(scene: Scene, meant: TalkCase): Taken | undefined {
  const { talk, incoming, said } = scene;
  const listening: Talk = { ...talk, state: { name: 'listening' } };
  if (YES.test(said)) {
    const effect: Effect = { type: 'withdraw', message: incoming.id, case: refOf(meant) };
    const withdrawn = withChanged(listening, meant.id, { withdrawn: true });
    return replied(scene, { talk: withdrawn, effects: [effect] }, 'withdrawn', {}, meant);
  }
  if (!NO.test(said)) return undefined;
  return replied(scene, contact({ ...scene, talk: listening }, 'kept'), 'kept', {}, meant);
}

function takeChoice(scene: Scene, state: State & { name: 'choosing' }): Taken | undefined {
  const { talk, said, numbers } = scene;
  const offered = talk.cases.filter(({ handle }) => state.choices.includes(handle));
  const handle = handleIn(said);
  const chosen = caseNamed(offered, { numbers, handle, text: said });
  if (chosen !== undefined && said.length <= LONGEST_QUESTION) {
    const listening: Scene = { ...scene, talk: { ...talk, state: { name: 'listening' } } };
    return COMMANDS[state.command](listening, chosen, state.rest, state.points);
  }
  if (handle === undefined) return undefined;
  return replied(scene, contact(scene, 'unclear'), 'which-case-unclear', { choices: choicesOf(offered).zh });
}

/** A number with a slip: said so, unless the text is a story in which digits stand. */
function takeWrongNumber(scene: Scene): Taken | undefined {
  if (!scene.isWrongNumber || scene.said.length > LONGEST_COMMAND) return undefined;
  if (scene.context.read(scene.incoming.text).concerns) return undefined;
  return replied(scene, contact(scene, 'wrong-number'), 'wrong-number');
}

/** What a command is, and what it came with. */
interface Heard {
  intent: Intent;
  rest: string;
  handle?: number | undefined;
  points?: number | undefined;
}

function takeCommand(scene: Scene): Taken | undefined {
  const heard = heardIn(scene);
  return heard === undefined ? undefined : INTENTS[heard.intent](scene, heard);
}

/** 2 behind or 第二个 before a command. */
const HANDLE_BEHIND = /^(.*?[^\d\s第])[\s第]*([1-9一二两三四五六七八九])\s*(?:个|件|号|条)?(?:案子|投诉)?$/;
const HANDLE_BEFORE = /^第?([1-9一二两三四五六七八九])(?:个|件|号|条|[:：,，])(?:案子|投诉)?(.+)$/;

function heardIn({ said, talk, numbers, context, incoming }: Scene): Heard | undefined {
  const points = talk.cases.length > 0 ? pointsOf(said, false) : undefined;
  if (points !== undefined) {
    return { intent: 'rate', rest: said, points };
  }
  const business = talk.cases.find(
    (one) => one.business !== undefined && said.includes(one.business),
  )?.business;
  const bare = business === undefined ? said : said.replace(business, '');
  const whole = intentOf(bare);
  if (whole !== undefined) return { intent: /了[吗没么][?？]?$/.test(bare) ? asked(whole) : whole, rest: '' };
  const short = bare.slice(0, LONGEST_QUESTION);
  const [, behind = '', after] = HANDLE_BEHIND.exec(short) ?? [];
  const [, ahead, before = ''] = HANDLE_BEFORE.exec(short) ?? [];
  const byHandle = intentOf(behind) ?? intentOf(before);
  if (byHandle !== undefined) return { intent: byHandle, rest: '', handle: handleIn(after ?? ahead ?? '') };
  const adds = ADDS.exec(said)?.[0];
  if (adds !== undefined) {
    return { intent: 'add', rest: adds.length === said.length ? '' : incoming.text.trim().replace(ADDS, '') };
  }
  // Whole sentences are commands only of who has a case: others tell of one.
  if (talk.cases.length === 0 && numbers.length === 0) return undefined;
  if (bare.length <= LONGEST_WITHDRAWAL && WITHDRAWS.test(bare) && !NOT_WITHDRAWN.test(bare)) {
    return { intent: 'withdraw', rest: '' };
  }
  const asksStatus = bare.length <= LONGEST_QUESTION && ASKS_STATUS.test(bare);
  return asksStatus && !context.read(incoming.text).concerns ? { intent: 'status', rest: '' } : undefined;
}

/** 撤回了吗, 好了吗 ask how it stands. */
const asked = (intent: Intent): Intent =>
  intent === 'withdraw' || intent === 'courtesy' ? 'status' : intent;

const INTENTS: Readonly<Record<Intent, (scene: Scene, heard: Heard) => Taken | undefined>> = {
  status: (scene, heard) => onCase(scene, 'status', heard),
  withdraw: (scene, heard) => onCase(scene, 'withdraw', heard),
  rate: (scene, heard) => onCase(scene, 'rate', heard),
  add: (scene, heard) => (isToAdd(scene, heard) ? onCase(scene, 'add', heard) : undefined),
  help: (scene) => replied(scene, contact(scene, 'help'), 'help'),
  human: (scene) => replied(scene, contact(scene, 'human'), 'human'),
  stop: (scene) => {
    const gone: Talk = { ...scene.talk, optedOut: true, state: { name: 'listening' } };
    const kept = contact({ ...scene, talk: gone }, 'opted-out');
    return scene.talk.optedOut ? kept : replied(scene, kept, 'opted-out');
  },
  start: (scene) =>
    replied(scene, contact({ ...scene, talk: { ...scene.talk, optedOut: false } }, 'opted-in'), 'opted-in'),
  begin: (scene) => (isInStory(scene) ? undefined : tell(scene)),
  courtesy: (scene) => contact(scene, 'courtesy'),
};

/**
 * Whether 补充… and 还有… add to a case: without one they belong to the story that is being told, and 还有一件事 begins
 * another.
 */
function isToAdd(scene: Scene, { rest }: Heard): boolean {
  if (rest === '' || scene.numbers.length > 0) return true;
  const latest = latestCase(scene.talk);
  return latest !== undefined && !(scene.said.startsWith('还有') && isAnother(scene, latest));
}

/** Carries out a command on the case that is meant, or asks which one it is. */
function onCase(scene: Scene, command: CaseCommand, { rest, handle, points }: Heard): Taken {
  const { talk, numbers, incoming } = scene;
  const named = caseNamed(talk.cases, { numbers, handle, text: incoming.text });
  if (named !== undefined) return COMMANDS[command](scene, named, rest, points);
  if (numbers.length > 0) return replied(scene, contact(scene, 'not-own'), 'not-own');
  const open = talk.cases.filter(({ withdrawn }) => !withdrawn);
  const offered = open.length > 0 ? open : talk.cases.slice(-1);
  const [only] = offered;
  if (only === undefined) return replied(scene, contact(scene, 'no-case'), 'no-case');
  const current = command === 'add' ? currentCase(scene) : undefined;
  if (offered.length === 1 || current !== undefined)
    return COMMANDS[command](scene, current ?? only, rest, points);
  const { zh, handles } = choicesOf(offered);
  const asking = replied(scene, contact(scene, 'which-case'), 'which-case', {
    count: String(offered.length),
    choices: zh,
  });
  return waiting(asking, (at) => ({
    name: 'choosing',
    command,
    rest,
    ...(points === undefined ? {} : { points }),
    choices: handles,
    at,
  }));
}

type OnCase = (scene: Scene, meant: TalkCase, rest: string, points?: number) => Taken;

const COMMANDS: Readonly<Record<CaseCommand, OnCase>> = {
  status: (scene, meant) => {
    const effect: Effect = { type: 'ask-status', message: scene.incoming.id, case: refOf(meant) };
    return replied(scene, { talk: scene.talk, effects: [effect] }, 'status', {}, meant);
  },
  add: (scene, meant, rest) => {
    if (rest !== '') return add(scene, meant, rest);
    const announced = replied(scene, contact(scene, 'addition-announced'), 'say-more', {}, meant);
    return waiting(announced, (at) => ({ name: 'adding', case: meant.id, at }), instantOf(scene.now));
  },
  withdraw: (scene, meant) => {
    if (meant.withdrawn) return replied(scene, contact(scene, 'repeated'), 'already-withdrawn', {}, meant);
    const asking = replied(scene, contact(scene, 'confirmation-asked'), 'confirm-withdrawal', {}, meant);
    return waiting(asking, (at) => ({ name: 'confirming', case: meant.id, at }));
  },
  rate: (scene, meant, _rest, points) => rate(scene, meant, points),
};

function rate(scene: Scene, meant: TalkCase, points: number | undefined): Taken {
  const { talk, incoming } = scene;
  if (points === 1 || points === 2 || points === 3 || points === 4 || points === 5) {
    const effect: Effect = {
      type: 'rate',
      message: incoming.id,
      case: refOf(meant),
      points,
      text: incoming.text,
    };
    return replied(scene, { talk: { ...talk, state: { name: 'listening' } }, effects: [effect] }, 'rated');
  }
  const asking = replied(scene, contact(scene, 'points-out-of-range'), 'points-wanted');
  return waiting(asking, (at) => ({ name: 'rating', case: meant.id, at }));
}

/** A case number with no command: alone it asks for the state, with words it adds them. */
function takeNumbered(scene: Scene): Taken | undefined {
  const { talk, numbers, said, context, incoming } = scene;
  if (numbers.length === 0) return undefined;
  const meant = caseNamed(talk.cases, { numbers, text: '' });
  if (meant !== undefined) {
    return /[\p{L}\p{N}]/u.test(said.replace(/编?号码?|案件|投诉|是|[:：]/g, ''))
      ? add(scene, meant, incoming.text)
      : COMMANDS.status(scene, meant, '');
  }
  if (context.read(incoming.text).concerns) return undefined;
  return replied(scene, contact(scene, 'not-own'), 'not-own');
}

function takeAnnouncedAddition(scene: Scene): Taken | undefined {
  const { talk, incoming, sentAt } = scene;
  if (talk.state.name !== 'adding' || sentAt <= timeOf(talk.state.at, 0)) return undefined;
  const meant = caseOf(talk, talk.state.case);
  if (meant === undefined) return undefined;
  return add({ ...scene, talk: { ...talk, state: { name: 'listening' } } }, meant, incoming.text);
}

/** An answer to what was asked back, unless it is plainly another complaint. */
function takeAnswer(scene: Scene): Taken | undefined {
  const { talk, incoming, sentAt, said, context } = scene;
  const { state } = talk;
  if (state.name !== 'asking' || sentAt <= timeOf(state.at, 0)) return undefined;
  const meant = caseOf(talk, state.case);
  if (meant === undefined || isAnother(scene, meant)) return undefined;
  if (ASKS_BACK.test(said) && !context.read(incoming.text).concerns) {
    return replied(scene, contact(scene, 'unclear'), 'unclear', state.question);
  }
  return answered(scene, meant, state.question);
}

/** Notes an answer and asks what is still missing. What does not answer is an addition all the same. */
function answered(scene: Scene, meant: TalkCase, question: Question): Taken {
  const { incoming, sentAt } = scene;
  const answer = understandAnswer(question, incoming.text, shanghaiDate(instantOf(sentAt)));
  const given: Given | undefined = answer.understood
    ? { about: answer.about, value: answer.confirmed === true ? true : answer.value }
    : undefined;
  const noted = withWords(scene, meant, incoming.text, given);
  const effect: Effect = {
    type: 'add',
    message: incoming.id,
    case: refOf(meant),
    text: incoming.text,
    ...(given === undefined ? {} : { answer: given }),
  };
  const taken: Taken = { talk: { ...noted, state: { name: 'listening' } }, effects: [effect] };
  const next = nextQuestion(scene, noted, meant.id);
  if (next === undefined) return replied(scene, taken, 'all-answered', {}, meant);
  return askingNext(replied(scene, taken, 'asking', next, meant), meant.id, next);
}

/** The case with more words, and an answer. */
function withWords(scene: Scene, meant: TalkCase, words: string, given?: Given): Talk {
  const business = given?.about === 'respondent' && typeof given.value === 'string' ? given.value : undefined;
  return withChanged(scene.talk, meant.id, {
    told: `${meant.told}\n${words}`.trim().slice(0, TOLD_AT_MOST),
    answers: given === undefined ? meant.answers : [...meant.answers, given],
    ...(business === undefined ? {} : { business }),
    lastAt: instantOf(scene.now),
  });
}

/** Asked of who wants to complain and has not said of what. */
const WHAT_HAPPENED: Question = { about: 'facts', ...QUESTION_TEXTS.facts };

/** What is still to be asked about a case: nothing twice, three things at the most. */
function nextQuestion({ context }: Scene, talk: Talk, id: string): Question | undefined {
  const about = caseOf(talk, id);
  if (about === undefined || about.told === '' || about.asked.length >= MOST_QUESTIONS) return undefined;
  const known = new Set([...about.asked, ...about.answers.map((one) => one.about)]);
  const { concerns, questions } = context.read(about.told);
  return (concerns ? questions : [WHAT_HAPPENED]).find((one) => !known.has(one.about));
}

/** The talk that waits for the answer, if the question goes out at all. */
function askingNext(taken: Taken, id: string, question: Question): Taken {
  const asking = waiting(taken, (at) => ({ name: 'asking', case: id, question, at }));
  if (asking.talk.state.name !== 'asking') return taken;
  const before = caseOf(taken.talk, id)?.asked ?? [];
  return { ...asking, talk: withChanged(asking.talk, id, { asked: [...before, question.about] }) };
}

/** Words soon after a registration belong to it, unless they are about another matter. */
function takeAddition(scene: Scene): Taken | undefined {
  const { talk, incoming, context } = scene;
  const repeated = talk.cases.find(
    ({ told }) => incoming.text.length >= LEAST_REPEATED && told.split('\n').includes(incoming.text.trim()),
  );
  if (repeated !== undefined) {
    return replied(scene, contact(scene, 'repeated'), 'already-have', {}, repeated);
  }
  const current = currentCase(scene);
  if (current !== undefined && talk.state.name !== 'telling' && !isAnother(scene, current)) {
    return add(scene, current, incoming.text);
  }
  const reading = context.read(incoming.text);
  const named = talk.cases.find((one) => !one.withdrawn && reading.concerns && isSameBusiness(one, reading));
  return named === undefined || ANOTHER.test(scene.said) ? undefined : add(scene, named, incoming.text);
}

/** The case of which somebody speaks just now. */
function currentCase({ talk, now }: Scene): TalkCase | undefined {
  const latest = latestCase(talk);
  return latest !== undefined && now - timeOf(latest.lastAt, 0) <= JOINED_WITHIN ? latest : undefined;
}

const isInStory = (scene: Scene): boolean => currentCase(scene) !== undefined && !ANOTHER.test(scene.said);

function isSameBusiness({ business }: TalkCase, { respondent }: Reading): boolean {
  if (business === undefined || respondent === undefined) return false;
  return business.includes(respondent.value) || respondent.value.includes(business);
}

/** A text that plainly is about another matter than this case: it says so, or is a complaint about another business. */
function isAnother({ incoming, said, context }: Scene, about: TalkCase): boolean {
  if (ANOTHER.test(said)) return true;
  const reading = context.read(incoming.text);
  const { respondent } = reading;
  if (!reading.concerns || respondent === undefined || respondent.confidence < SURELY_NAMED) return false;
  return (
    about.business !== undefined && !isSameBusiness(about, reading) && !incoming.text.includes(about.business)
  );
}

function add(scene: Scene, meant: TalkCase, text: string): Taken {
  const effect: Effect = { type: 'add', message: scene.incoming.id, case: refOf(meant), text };
  const taken: Taken = { talk: withWords(scene, meant, text), effects: [effect] };
  const isTold = meant.told !== '' && taken.talk.state.name === 'listening';
  const next = isTold ? nextQuestion(scene, taken.talk, meant.id) : undefined;
  return next === undefined
    ? replied(scene, taken, 'added', {}, meant)
    : askingNext(replied(scene, taken, 'asking', next, meant), meant.id, next);
}

/** A story: registered when it is one, else kept in mind for the texts that follow. */
function takeStory(scene: Scene): Taken {
  const { talk, incoming, context, said } = scene;
  const story = partsWith(scene);
  const joint = story.map(({ text }) => text).join('\n');
  const begun = talk.state.name === 'telling' && talk.state.begun;
  const alone = context.read(incoming.text);
  if (alone.concerns) return register(scene, story, joint);
  const isTold = begun && said.length >= LEAST_TOLD && !(said.length < 2 * LEAST_TOLD && BEGINS.test(said));
  if (isTold) return register(scene, story, joint);
  if (story.length > 1 && joint.length <= LONGEST_JOINED) {
    const reading = context.read(joint);
    if (reading.concerns && reading.kind.confidence >= SURE_WHEN_JOINED) return register(scene, story, joint);
  }
  return tell(scene);
}

type Part = Extract<State, { name: 'telling' }>['parts'][number];

/** The texts of the story so far with this one, in the order in which they were sent. */
function partsWith({ talk, incoming, sentAt }: Scene): Part[] {
  const before = talk.state.name === 'telling' ? talk.state.parts : [];
  const part: Part = { id: incoming.id, text: incoming.text, at: instantOf(sentAt) };
  return [...before.slice(1 - MOST_PARTS), part].sort((a, b) => a.at.localeCompare(b.at));
}

/** Keeps a text in mind: who wants to complain is asked for the story, others hear once what this number is for. */
function tell(scene: Scene): Taken {
  const { talk, said, now, incoming } = scene;
  const wasBegun = talk.state.name === 'telling' && talk.state.begun;
  const begun = wasBegun || BEGINS.test(said) || ANOTHER.test(said) || intentOf(said) === 'begin';
  const telling: Talk = {
    ...talk,
    state: {
      name: 'telling',
      parts: partsWith(scene).map((part) => ({ ...part, text: part.text.slice(0, TOLD_AT_MOST) })),
      begun,
    },
  };
  const kept = contact({ ...scene, talk: telling }, begun ? 'half-told' : 'everyday');
  if (begun) return wasBegun ? kept : replied(scene, kept, 'begin');
  const hintedAt = timeOf(talk.hintedAt ?? '', Number.NEGATIVE_INFINITY);
  if (now - hintedAt < BETWEEN_HINTS || !/\p{L}/u.test(incoming.text)) return kept;
  const hinted = replied(scene, kept, latestCase(talk) === undefined ? 'hint' : 'hint-with-case');
  return { ...hinted, talk: { ...hinted.talk, hintedAt: instantOf(now) } };
}

/** 我要举报 says what it is: not asked again. */
const REPORTS = /^(?:我)?(?:想|要|想要)?举报/;

function register(scene: Scene, story: readonly Part[], text: string): Taken {
  const { talk, incoming, context, now } = scene;
  const reading = context.read(text);
  const reports = story.slice(0, -1).some((part) => REPORTS.test(part.text.trim()));
  const answers: Given[] = reports ? [{ about: 'kind', value: 'report' }] : [];
  const effect: Effect = {
    type: 'register',
    message: incoming.id,
    kind: reports ? 'report' : kindOfCase(reading.kind.value),
    text,
    joined: story.map(({ id }) => id).filter((id) => id !== incoming.id),
  };
  const business = reading.respondent?.value;
  const opened = withCase(
    { ...talk, state: { name: 'listening' } },
    {
      id: incoming.id,
      ...(business === undefined ? {} : { business }),
      withdrawn: false,
      asked: [],
      answers,
      told: text.slice(0, TOLD_AT_MOST),
      lastAt: instantOf(now),
    },
  );
  const taken: Taken = { talk: opened, effects: [effect] };
  const newCase = caseOf(opened, incoming.id);
  if (talk.optedOut) return replied(scene, taken, 'registered-opted-out', {}, newCase);
  const next = nextQuestion(scene, opened, incoming.id);
  return next === undefined
    ? replied(scene, taken, 'registered', {}, newCase)
    : askingNext(replied(scene, taken, 'registered-asking', next, newCase), incoming.id, next);
}
