import { daysBetween, type LocalDate, shanghaiDate } from '../../shared/dates.ts';
import type { Urgency } from '../components/format.ts';
import type { Pair } from '../components/texts.ts';

/** How long there is, in words, and by a shape: nobody has to see colours. */
export interface Countdown {
  words: Pair;
  shape: string;
  urgency: Urgency | 'stopped';
}

const HOUR_MS = 3_600_000;
/** From so many days on nothing presses. */
const SOON_DAYS = 2;

/** A period ends with its last day in China: on that day the hours count. */
export function countdown(due: LocalDate | null, now: Date, paused = false): Countdown {
  if (due === null) {
    const words = paused ? { zh: '期限中止', en: 'stopped' } : { zh: '没有期限', en: 'no date' };
    return { words, shape: paused ? '‖' : '–', urgency: 'stopped' };
  }
  const days = daysBetween(shanghaiDate(now), due);
  if (days < 0) {
    return { words: { zh: `已超期 ${-days} 天`, en: `${-days} d late` }, shape: '▲', urgency: 'late' };
  }
  if (days === 0) {
    const hours = Math.floor((Date.parse(`${due}T24:00:00+08:00`) - now.getTime()) / HOUR_MS);
    return {
      words: { zh: `今天到期，剩 ${hours} 小时`, en: `due today, ${hours} h left` },
      shape: '◆',
      urgency: 'soon',
    };
  }
  return {
    words: { zh: `还剩 ${days} 天`, en: `${days} d left` },
    shape: days <= SOON_DAYS ? '◗' : '○',
    urgency: days <= SOON_DAYS ? 'soon' : 'later',
  };
}
