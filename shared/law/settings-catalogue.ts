import { COPY, LONG_DAYS, LONGEST_DAYS } from '../matter/same-matter.ts';
import type { BureauSettings } from './bureau-settings.ts';
import type { Words } from './rule-packs.ts';

/** What a setting is about, for whoever sets it. */
export interface SettingDefinition extends Words {
  group: keyof typeof SETTING_GROUPS;
  /** What it means, in a sentence. */
  meaning: Words;
  /** In what it is counted; undefined where it is no number. */
  unit?: Words;
}

export const SETTING_GROUPS = {
  routing: { zh: '分派', en: 'Routing' },
  incidents: { zh: '群体性投诉、专项整治', en: 'Mass incidents, campaigns' },
  periods: { zh: '期限、提醒', en: 'Periods, reminders' },
  data: { zh: '资料保存', en: 'Keeping of data' },
  intake: { zh: '提交限制', en: 'Limits on filing' },
} as const satisfies Record<string, Words>;

const WORKING_DAYS = { zh: '工作日', en: 'working days' };
const DAYS = { zh: '天', en: 'days' };
const MESSAGES = { zh: '件', en: 'messages' };

/** Every setting of a bureau, with its meaning. What the law sets is not among them. */
export const SETTINGS: Readonly<Record<keyof BureauSettings, SettingDefinition>> = {
  routingThreshold: {
    zh: '自动分送的把握',
    en: 'Confidence for routing',
    group: 'routing',
    meaning: {
      zh: '把握不低于此值，案件直接分送到监管所；低于此值，由分派员确认',
      en: 'From this confidence on a case goes straight to its station; below it a dispatcher confirms',
    },
    unit: { zh: '0 到 1', en: '0 to 1' },
  },
  secondPairOfEyes: {
    zh: '须经负责人审核的步骤',
    en: 'Steps that a head approves',
    group: 'routing',
    meaning: {
      zh: '承办人提出，负责人同意后才生效：accept 受理、refuse 不予受理、settle 达成协议、terminate 终止、close 办结、exclude 不予公示',
      en: 'An officer proposes, the head approves: accept, refuse, settle, terminate, close, exclude',
    },
  },
  incidents: {
    zh: '群体性投诉的条件',
    en: 'When many complaints are a mass incident',
    group: 'incidents',
    meaning: {
      zh: '多少人在多少小时内投诉同一经营者；达到平时的几倍；安静几天后结束',
      en: 'How many people in how many hours complain of one business; how many times the usual; after how many quiet days it is over',
    },
  },
  campaigns: {
    zh: '专项整治',
    en: 'Campaigns',
    group: 'incidents',
    meaning: {
      zh: '按商品服务、问题、地区归集数据；删去即不再归集，案件不变',
      en: 'Figures are cut by goods, problems and places; taken out, it is gone from the figures and no case has changed',
    },
  },
  lengths: {
    zh: '内部期限',
    en: 'Lengths of internal periods',
    group: 'periods',
    meaning: {
      zh: '法律没有规定的期限：distribute 分送、identity 补正、recusal 回避、publish 公示、answer 答复、supervision 督办。法定期限不能改',
      en: 'Periods that no article sets: distribute, identity, recusal, publish, answer, supervision. Those of law cannot be set',
    },
    unit: WORKING_DAYS,
  },
  shiftWeekends: {
    zh: '周末顺延',
    en: 'Weekends shift the end',
    group: 'periods',
    meaning: {
      zh: '按日计算的期限，最后一日是普通周末的，顺延到下一个工作日（令第四十五条未明确）',
      en: 'A period of days that ends on an ordinary weekend ends on the next working day (open in Art. 45)',
    },
  },
  reminders: {
    zh: '到期提醒',
    en: 'Reminders',
    group: 'periods',
    meaning: {
      zh: '到期前几个工作日提醒承办人；可以为某一期限另外增加',
      en: 'How many working days before the end the officer is reminded; more for a certain period',
    },
    unit: WORKING_DAYS,
  },
  dutyHours: {
    zh: '提醒时间',
    en: 'Hours of reminders',
    group: 'periods',
    meaning: {
      zh: '只在工作日的这段时间提醒',
      en: 'Nobody is reminded outside these hours of a working day',
    },
  },
  escalation: {
    zh: '逾期上报',
    en: 'Escalation',
    group: 'periods',
    meaning: {
      zh: '逾期几个工作日告诉谁：officer 承办人、head 负责人、manager 局领导',
      en: 'Who is told after how many working days late',
    },
    unit: WORKING_DAYS,
  },
  retentionDays: {
    zh: '个人信息保存',
    en: 'Keeping of personal data',
    group: 'data',
    meaning: {
      zh: '案件结束后多少天清除个人信息',
      en: 'Days after the end of a case when personal data are erased',
    },
    unit: DAYS,
  },
  publicationDays: {
    zh: '公示期限',
    en: 'Days of publication',
    group: 'data',
    meaning: {
      zh: '公示结果在开放数据中保留多少天',
      en: 'Days that a published result stays in the open data',
    },
    unit: DAYS,
  },
  residents: {
    zh: '常住人口',
    en: 'Residents',
    group: 'data',
    meaning: { zh: '按单位代码，用于每万人投诉量', en: 'By code of the unit, for figures per head' },
    unit: { zh: '人', en: 'people' },
  },
  sketch: {
    zh: '示意图位置',
    en: 'Places on the sketch',
    group: 'data',
    meaning: {
      zh: '按单位代码，各单位在示意图上的列和行，从 0 起；没有则按名单排列',
      en: 'By code of the unit, its column and row on the sketch, from 0; without them in the order of the list',
    },
  },
  open311: {
    zh: 'Open311 接口',
    en: 'Open311',
    group: 'intake',
    meaning: {
      zh: '哪些程序可以提交：名称和密钥的 SHA-256；没有则人人可用',
      en: 'Which programs may file: client and SHA-256 of its key; none: anybody',
    },
  },
  mostFromAddress: {
    zh: '同一网络地址',
    en: 'From one network address',
    group: 'intake',
    meaning: { zh: '十分钟内最多提交多少件', en: 'New messages in ten minutes at the most' },
    unit: MESSAGES,
  },
  mostFromPhone: {
    zh: '同一电话',
    en: 'From one phone',
    group: 'intake',
    meaning: { zh: '一天内最多提交多少件', en: 'New messages on one day at the most' },
    unit: MESSAGES,
  },
  provePhone: {
    zh: '验证手机',
    en: 'Proof of the phone',
    group: 'intake',
    meaning: {
      zh: '网上提交前用短信验证码证明手机是本人的',
      en: 'Who files by web shows by a code that the mobile is his',
    },
  },
};

/** Numbers that the program fixes: they were measured, and a change needs a new measurement (docs/routing.md). */
export const FIXED: readonly (Words & { value: number; unit: Words })[] = [
  {
    zh: '同一争议：文字相同的比例',
    en: 'Same matter: share of the words that makes a copy',
    value: COPY,
    unit: { zh: '0 到 1', en: '0 to 1' },
  },
  {
    zh: '同一争议：超过此天数，只有订单号相同才算',
    en: 'Same matter: beyond this only the number of an order counts',
    value: LONG_DAYS,
    unit: DAYS,
  },
  {
    zh: '同一争议：超过此天数，不再提示',
    en: 'Same matter: beyond this nobody is asked to look',
    value: LONGEST_DAYS,
    unit: DAYS,
  },
];
