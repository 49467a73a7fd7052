import type { Missing } from './missing.ts';
import type { Pair } from './understanding.ts';

/** What can be asked back. */
export type Asked = Missing | 'kind' | 'which-place';

/** Questions in plain words, each short enough for one SMS of 70 characters. */
export const QUESTION_TEXTS: Readonly<Record<Asked, Pair>> = {
  respondent: {
    zh: '请问您投诉的是哪家店或公司？请回复名称，招牌上的名字也可以。',
    en: 'Which shop or firm is it? Its name on the sign will do.',
  },
  place: {
    zh: '请问这家店在哪里？请回复区县、街道（镇）和路名门牌，或者商场名称。',
    en: 'Where is it? District, township, street and number, or the mall.',
  },
  facts: {
    zh: '请问发生了什么事？买了什么、出了什么问题，一两句话就行。',
    en: 'What happened? What you bought and what went wrong, in a sentence or two.',
  },
  request: {
    zh: '请问您希望商家怎么解决？例如退款、换货、维修、赔偿多少元。',
    en: 'What do you want: money back, exchange, repair, how much?',
  },
  paid: {
    zh: '请问您一共花了多少钱？请回复金额，例如“299元”。',
    en: 'How much did you pay in all? For example "299 yuan".',
  },
  date: {
    zh: '请问是哪一天买的或者发生的？例如“11月3日”。',
    en: 'On which day did you buy it or did it happen? For example "3 November".',
  },
  kind: {
    zh: '请问您想要：1退赔等个人诉求；2只举报违法行为；3两者都要？请回复数字。',
    en: 'Do you want: 1 your own case settled; 2 only to report a violation; 3 both? Please answer with the number.',
  },
  'which-place': {
    zh: '您说的地名有好几处，请问在哪个市、哪个区县？',
    en: 'There are several places of that name: in which city and district?',
  },
};
