/** What one speaker of a call said in one go. */
export interface Turn {
  speaker: 'caller' | 'agent';
  text: string;
}

/** The words of a call that count as the caller's, and where each stood. */
export interface Spoken {
  text: string;
  /** By turn that is in `text`: its number in the call, and where it begins and ends in `text`. */
  turns: { turn: number; start: number; end: number }[];
}

/** 对, 是的, 没错: with these the caller makes the agent's words his own. */
const CONFIRMS =
  /^[嗯啊哦诶哎唉,，。\s]*(?:对+|是的?|没错|没问题|是这样|嗯|可以|好的?|行|正确)(?:[的啊呀吧嘛嗯]*[,，。!！]|[的啊呀嗯]*$|[的啊呀])/;
/** 不是, 没有, 嗯，不对: with these he does not. */
const DENIES = /^(?:[嗯啊哦诶哎唉好对,，。\s]|是的)*(?:不是|不对|没有(?!错|问题)|错了|不(?!错))/;
/** Questions that ask for something new are not confirmed by a yes; what is read back is. */
const READS_BACK =
  /(?:对吗|是吗|对吧|是吧|是不是|对不对|没错吧|确认一下|核对一下|记录一下|复述|您说的是|您反映的是|是在|就是)/;

/**
 * Puts together what the caller said. What the agent reads back counts where the caller confirms it; the agent's own
 * greetings, rules and guesses do not.
 */
export function spokenByCaller(call: readonly Turn[]): Spoken {
  const turns: Spoken['turns'] = [];
  let text = '';
  for (const [at, { speaker, text: words }] of call.entries()) {
    if (speaker === 'agent' && !isConfirmed(words, call[at + 1])) continue;
    if (words.trim() === '') continue;
    const start = text.length;
    text += `${words}\n`;
    turns.push({ turn: at, start, end: start + words.length });
  }
  return { text: text.replace(/\n$/, ''), turns };
}

/** Yes and no stand at the beginning. */
const OPENING = 40;

function isConfirmed(words: string, answer: Turn | undefined): boolean {
  if (answer?.speaker !== 'caller' || !READS_BACK.test(words)) return false;
  const opening = answer.text.trim().slice(0, OPENING);
  return CONFIRMS.test(opening) && !DENIES.test(opening);
}
