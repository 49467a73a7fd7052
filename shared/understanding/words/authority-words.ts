/*
 * Who else is responsible when a market supervision bureau is not, by the matter (Order 121 Art. 16(1): what lies
 * outside its duties is not accepted, and the consumer is told the right way). Names as in the State Council's
 * institutional reform of 2018; hotlines as published by the authorities.
 */
export interface Authority {
  id: string;
  zh: string;
  en: string;
  phone: string;
  /** The matter is theirs alone; elsewhere a consumer's dispute with a business stays with market supervision. */
  alone: boolean;
  words: string;
}

export const AUTHORITIES: readonly Authority[] = [
  {
    id: 'labour',
    zh: '人力资源和社会保障局（劳动监察）',
    en: 'Human Resources and Social Security Bureau',
    phone: '12333',
    alone: true,
    words:
      '工资 欠薪 拖欠工资 社保 五险 劳动合同 劳动法 劳动监察 辞退 开除 解雇 离职 加班费 农民工 工伤 劳动仲裁 试用期 招聘诈骗 职业技能鉴定 养老保险 失业金',
  },
  {
    id: 'housing',
    zh: '住房和城乡建设局',
    en: 'Housing and Urban-Rural Development Bureau',
    phone: '12345',
    alone: true,
    words:
      '物业 物业费 业委会 业主委员会 维修基金 维修资金 预售许可 预售证 开发商 延期交房 逾期交房 交房 烂尾 房产证 不动产证 产权证 公积金 工程质量 公摊 购房合同 车位 容积率 规划变更 小区配套 保障房 廉租房 公租房 施工许可',
  },
  {
    id: 'education',
    zh: '教育局',
    en: 'Education Bureau',
    phone: '12345',
    alone: true,
    words:
      '学校 幼儿园 补课 招生 学籍 教师 老师 入学 转学 中小学 小学 中学 高中 大学 学院 教育局 办学许可 民办学校 校车 食堂强制 学生实习',
  },
  {
    id: 'police',
    zh: '公安局',
    en: 'Police',
    phone: '110',
    alone: true,
    words:
      '诈骗 网络诈骗 被骗 报案 立案 派出所 被偷 盗窃 小偷 打人 殴打 赌博 卖淫 黄赌毒 黑恶 黑社会 敲诈 勒索 非法拘禁 人身威胁 身份证 户口 户籍 驾驶证 交警',
  },
  {
    id: 'transport',
    zh: '交通运输局',
    en: 'Transport Bureau',
    phone: '12328',
    alone: false,
    words:
      '出租车 的士 网约车 公交 公交车 客运 班车 大巴 拒载 绕路 黑车 非法营运 驾校 教练 超载 汽车站 高速 收费站 货运 地铁',
  },
  {
    id: 'health',
    zh: '卫生健康委员会',
    en: 'Health Commission',
    phone: '12320',
    alone: true,
    words:
      '医院 医生 误诊 医疗事故 医患 非法行医 诊所 护士 手术 卫生院 住院 疫苗接种 医疗纠纷 计划生育 b超 医师资格',
  },
  {
    id: 'environment',
    zh: '生态环境局',
    en: 'Ecology and Environment Bureau',
    phone: '12369',
    alone: true,
    words: '污染 噪音 噪声 扰民 废气 废水 污水 排放 臭气 粉尘 油烟 环保 环评 养猪场 化工厂 塑料厂',
  },
  {
    id: 'urban',
    zh: '城市管理局',
    en: 'Urban Management Bureau',
    phone: '12345',
    alone: true,
    words: '违建 违章建筑 违法建筑 占道 摆摊 城管 垃圾 路灯 绿化 停车位划线 市容 广告牌 乱搭乱建 夜间施工',
  },
  {
    id: 'telecom',
    zh: '通信管理局',
    en: 'Communications Administration',
    phone: '12300',
    alone: false,
    words: '移动公司 联通 电信 宽带 流量 话费 携号转网 套餐 信号 基站 手机号 增值业务',
  },
  {
    id: 'finance',
    zh: '金融监管部门',
    en: 'Financial regulators',
    phone: '12378',
    alone: false,
    words: '银行 贷款 信用卡 保险 理赔 保单 基金 股票 期货 征信 催收 网贷 小额贷 p2p 非法集资 理财',
  },
  {
    id: 'culture',
    zh: '文化广电旅游局',
    en: 'Culture, Broadcasting and Tourism Bureau',
    phone: '12345',
    alone: false,
    words: '旅行社 导游 跟团游 旅游团 景区门票 网吧 网咖 ktv 娱乐场所 演出 音乐节 演唱会 游戏厅',
  },
  {
    id: 'tax',
    zh: '税务局',
    en: 'Tax Bureau',
    phone: '12366',
    alone: false,
    words: '偷税 逃税 漏税 不开发票 发票 纳税 个税 契税 税务',
  },
  {
    id: 'post',
    zh: '邮政管理局',
    en: 'Postal Administration',
    phone: '12305',
    alone: false,
    words: '快递 快件 包裹 取件 派送 邮政 邮件 驿站 丢件',
  },
  {
    id: 'land',
    zh: '自然资源和规划局',
    en: 'Natural Resources and Planning Bureau',
    phone: '12345',
    alone: true,
    words: '征地 土地 宅基地 拆迁 国土 采矿 采砂 规划许可 违法用地',
  },
  {
    id: 'water',
    zh: '水务或者供水主管部门',
    en: 'Water authority',
    phone: '12345',
    alone: true,
    words: '自来水 停水 供水 水压 水质 二次供水',
  },
  {
    id: 'energy',
    zh: '能源、城市燃气主管部门',
    en: 'Energy and city gas authority',
    phone: '12398',
    alone: false,
    words: '停电 供电 电力 电网 燃气开通 天然气安装 供暖 热力',
  },
  {
    id: 'tobacco',
    zh: '烟草专卖局',
    en: 'Tobacco Monopoly Bureau',
    phone: '12313',
    alone: false,
    words: '香烟 假烟 卷烟 烟草',
  },
  {
    id: 'agriculture',
    zh: '农业农村局',
    en: 'Agriculture and Rural Affairs Bureau',
    phone: '12316',
    alone: true,
    words: '饲料 农药 兽药 种子 化肥 农机 奶牛 牛用 猪用 养殖 蚊蝇香 农资 种苗 除草剂',
  },
  {
    id: 'court',
    zh: '人民法院',
    en: 'People’s Court',
    phone: '12368',
    alone: true,
    words: '法院 判决 执行 欠款 借款 借钱 租金 工程款 货款 合伙 股东',
  },
  {
    id: 'medical-insurance',
    zh: '医疗保障局',
    en: 'Healthcare Security Administration',
    phone: '12393',
    alone: true,
    words: '医保 医保局 医保报销 报销比例 医保卡 新农合',
  },
  {
    id: 'government',
    zh: '当地政府（12345）',
    en: 'Local government (12345)',
    phone: '12345',
    alone: true,
    words: '低保 扶贫 贫困户 村干部 村支书 补贴 党员 干部 贪污 政策 修路 道路 村委 社区',
  },
];
