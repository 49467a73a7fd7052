import type { Urgency } from '../understanding.ts';

/** Words of what cannot wait. Each group is one cause to call the duty officer; checked against "未", "没有" before them. */
export const URGENCY_WORDS: Readonly<Record<Urgency, string>> = {
  injury: `受伤 烫伤 烧伤 摔伤 划伤 割伤 砸伤 炸伤 电伤 触电 骨折 流血 出血 毁容 烂脸 住院 抢救 昏迷 死亡 去世 致死 致残 过敏 灼伤 失明 爆炸 伤人 咬伤 窒息 溺水 晕倒 休克 急诊 送医 进医院 呼吸困难`,
  'food-poisoning': `食物中毒 中毒 拉肚子 腹泻 上吐下泻 呕吐 肠胃炎 急性肠炎 肚子疼 肚子痛 腹痛 吃坏 集体发烧 恶心想吐`,
  'many-people': `多人 数人 几十人 上百人 数百人 几百人 上千人 数千人 成千上万 几百户 上百户 数百户 上千户 全班 全校 全小区 全体业主 几十名 上百名 多名 数十名 集体 大批 群体 很多人都 几百名`,
  children: `孩子 小孩 儿童 婴儿 宝宝 幼儿 幼儿园 小学生 中学生 学生 未成年 新生儿 孕妇 婴幼儿`,
  'danger-going-on': `仍在销售 还在销售 还在卖 仍在卖 正在销售 继续销售 仍在使用 还在使用 继续使用 随时可能 随时会 正在冒烟 正在漏 正在转移 正在生产 漏气 泄漏 煤气味 燃气泄漏 着火 起火 冒烟 漏电 电梯困人 困在电梯 坠落 马上要跑 正准备跑路 卷款 转移财产
    要关门 准备关门 正在搬 即将跑路 要跑路`,
};
