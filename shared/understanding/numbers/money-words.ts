/** Words of the language by which sums of money are known; collected from general usage, not from any file. */

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Units of the yuan; longest first. 钱 after 块 belongs to the sentence, not to the sum. */
export const YUAN_UNITS = list('元人民币 元整 圆整 元正 圆正 人民币 rmb cny 元 圆');

/** Other currencies as they stand after a number; longest first. */
export const FOREIGN_UNITS = list(`
  元新台币 元台币 元日币 元港币 元欧元 元美金 元美元 新台币 新加坡元 加拿大元 港币 港元 港幣 日元 日币 日圆
  台币 美元 美金 美刀 欧元 欧 英镑 韩元 韩币 泰铢 卢布 澳元 澳币 加元 加币 新币 瑞郎 法郎 卢比 比索 越南盾
  usd usdt eur hkd jpy gbp
`).filter((word) => word !== '欧');

/** Other currencies as they stand before a number. */
export const FOREIGN_BEFORE = list(
  '新台币 港币 港元 美元 美金 日元 日币 欧元 英镑 韩元 泰铢 台币 澳元 usd hkd $ € £',
);

/** What follows 元 when it is no unit of money: 三元区, 二元制, 一元复始, 三元素. */
export const NOT_AFTER_YUAN = new Set('旦宵素件老宝帅首区桥里坊朝谋音次复');

/** What follows 块 when it is a piece and not money: 一块地, 两块砖. */
export const PIECES = list(`
  儿 地 板 砖 石 玻璃 瓷 木 表 屏 牌 空 田 肉 蛋糕 黑 白 广告 招牌 电池 电表 手表 钢 铁 布 草 绿 小 大 皮 土 区
  烧 烤 豆腐 骨 糖 饼 毛巾 香皂 肥皂 玉 钻 金 银 硬盘 芯片 主板 显 面 肥 瘦 巧克力 墙 泥 腕 移动 农田 菜 宅 吃
  去 玩 住 来 走 工作 生活 买 做 办 投诉 的地 场
`);

/** What follows 毛, 角, 分 when they are no money. */
export const NOT_AFTER_SMALL = new Set('食垃党特零坯利病巾笔发衣度形落星楼钢色尺膜质孩钟之析成数店公管手');

/** A count, a measure, a time, a number of something: what stands after a bare number that is no money. */
export const MEASURES = new Set(
  '人名位户家个只台辆部件条项次栋幢楼层号室房单座间套米平亩公里吨斤克升度年月日天时分秒点小周岁期届班级路站线倍折' +
    '集页字本门瓶盒箱袋包桶罐厘毫英寸码瓦伏组队批群种片根支枝棵株头匹份场节课顿餐桌碗杯粒颗双副幅扇面处所星世代后强' +
    '版区村市县镇社届旬刻%％‰℃°㎡㎥#车口趟道类股票例起宗回遍首篇册层国师团院校营连排环维季城型地业居市民方伙克磅吋' +
    '㎏兆轮步格幅卷座尊艘架列笼窝朵串捆排筒番声句眼圈针剂针弯段层任期旅营军号',
);

/** What may follow a number as the thing counted although the first character is no measure. */
export const COUNTED = list(`
  居民 市民 群众 人 学生 教师 业主 村民 职工 员工 用户 粉丝 观众 常住 民众 农民 游客 老百姓 百姓 老师 客户 消费者
  平方 立方 千瓦 千伏 kv kw km kg mm cm ml mg m2 m² m3 公里 千米 千克 毫升 mb gb tb hz pm am
  学子 考生 家庭 患者 病人 党员 干部 万 亿 比 : / - . ~ 余人 多人 多户 余户 多名 余名 多家 余家 多个 余个 多年 余年
  以上的人 vip 来 有八 [ 购房 出借人 受害 投资人 投资者 师生 官兵 家长 工人 农民工 老人 孩子 儿童 小朋友 被骗 补考 参保
  房源 府 医院 学校 办公室 货车 车辆 车主 网友 乘客 司机 商户 店铺 会员
`);

/** Nouns that begin like a measure and yet say that the number before them is money. */
export const MONEY_NOUNS_AFTER = list(`
  人工费 人民币 房款 房租 房贷 房费 月租 月供 年费 首付 定金 订金 押金 保证金 诚意金 意向金 违约金 赔偿 补偿 学费 课时费
  报名费 服务费 手续费 中介费 管理费 物业费 装修款 货款 车款 现金 块钱 罚款 保费 工资 会员费 利息 本金 余额 损失
  电费 费用 贷款 存款 课费 班费 电话费 公积金 路费 车费 车贷 点钱 多块 面值 面额 城建费 本钱 单费
`);

/** Directly before a bare number, perhaps with filling words between, these say that it is money. */
export const MONEY_BEFORE = new Set(
  list(`
  花 花费 耗费 破费 交 交纳 缴 缴纳 缴费 交费 付 付款 支付 预付 预交 预存 首付 首付款 付费 收 收取 收费 收钱 收款 只收 罚 罚款
  扣 扣款 扣除 扣费 退 退款 退还 退回 退费 返 返还 返现 返利 归还 赔 赔偿 赔付 赔款 补偿 补 补交 补缴 充 充值 充卡 送 赠送 转 转账
  转帐 汇款 打款 汇 借 借款 借贷 贷 贷款 欠 欠款 拖欠 卖 卖到 售 售价 出售 买 购买 骗 骗走 骗取 诈骗 被骗 坑 赚 赚取 挣 盈利 亏 亏损
  损失 投 投资 投入 入股 存 存款 存入 给 给付 省 涨 涨价 涨到 涨了 降价 降到 降 加价 加钱 抵 抵扣 抵用 差价 差 差额 拿 拿走 金 额 加金 一个月 每个月 一学期 每学期 二次 三次 四次 一次性 多收 多扣 多付 多交
  加收 另收 另付 另交 要价 报价 标价 定价 开价 单价 原价 现价 均价 总价 价 价格 价钱 价位 价值 特价 低价 高价 售价 成交价 优惠价 备案价
  市场价 成本价 活动价 费 费用 学费 押金 定金 订金 首付 保证金 诚意金 意向金 认筹金 认购金 违约金 滞纳金 本金 资金 奖金 佣金 租金 房租 月租
  月供 年费 会费 会员费 房款 车款 货款 尾款 余款 全款 款 金额 总额 数额 额度 面值 面额 余额 收入 工资 薪资 月薪 年薪 底薪 薪水
  工钱 报酬 补贴 津贴 退休金 养老金 利润 利息 合计 共计 总计 总共 一共 人民币 现金 钱 消费 消费了 开销 开支 支出 报销 医药费 治疗费
  营业额 销售额 流水 损失费 满 满减 立减 优惠 减 减免 订单 下单 套餐 充送 保底 至少要 只要 仅需 需要 需 仅售 只卖 只值 卖价 买价
  存了 取 取款 提现 分期 供 分红 捐款 捐 资助 集资 贪污 受贿 行贿 敲诈 勒索 索要 索赔 讨要 扫码 微信 支付宝 刷 刷卡 转走 划走 划扣 刷走
  打赏 悬赏 欠条 打给 汇给 转给 交给 付给 借给 赔给 退给 发放 拨款 拨付 每次 一次 每人 一人 每个 一个 每月 每天 一天 一年 每年 每户 每张 一张
  每平 一平 每斤 一斤 一只 一条 一台 一双 一件 一套 一间 一晚 每晚 每台 每套 每间 每车 每吨 一吨 每瓶 一瓶 每箱 一箱 每盒 一盒 每股 罚单 要 找 人均 每期 一期 剩 剩下 剩余 还剩 只剩 卡里 卡内 账上 账户里 每课时 每节 一节 每学期 优惠了 便宜 便宜了 贵 贵了 多花 多要 私教课 课程
`),
);

/** Words that end like one of those and mean something else. */
export const OTHER_WORDS = new Set(
  list(`
  公交 地交 外交 社交 提交 成交 立交 移交 递交 验收 回收 吸收 签收 征收 应付 对付 运送 接送 发送 配送 护送 供给 不给 主要 重要 不要 必要
  参加 增加 更加 评价 查找 寻找 弥补 后退 圆满 不满 充满 保存 生存 现存 自转 运转 好转 周转 流转 中转 扭转 五金 黄金 基金 名额 定额
`),
);

/** Words between such a word and the number. */
export const FILLING = new Set([
  ...'了过我他她它你您们到是为:约近才只要达高的就又共在了整整仅得将按以"“\'都均也竟被有另 '.split(''),
  ...list(
    '大概 大约 大致 差不多 将近 接近 至少 最少 最低 最高 最多 高达 达到 超过 不到 不足 还有 只有 足足 整整 人民币 仅仅 居然 竟然 分别 每次 一次',
  ),
  ...list(
    '对方 商家 老板 他们 她们 我们 你们 店家 别人 朋友 客服 中介 公司 小于 大于 低于 高于 多达 我方 本人 医院 学校 银行',
  ),
]);

/** Anywhere in the same sentence these make 三万 or 五百 likely to be money. */
export const MONEY_NEAR =
  /[元块钱价费款付买购卖售贷赔罚骗赚租押欠债薪账帐额]|[交缴]了|收[取入费益]|输赢|退[还款费]|定金|订金|首付|投资|损失|花了|资[金产]|工资|利[息润]|成本|充值|消费|现金|奖金|存[款入]/;

/** Directly after a number: the thing that it pays for, or what it is. */
export const MONEY_AFTER =
  /^(?:左右|以上|上下)?(?:的(?:高|低|天|总|均)?|多的)?(?:[^\s,。、;；!?？0-9]{0,4}费(?!了|尽|劲)|买的|买了|办的|押金|定金|订金|首付|价[格钱位]?|房款|货款|[一-龥]{0,2}罚款|工资|现金|块钱|利息|彩礼|红包|损失|赔偿|补偿|本金|学杂|保证金)/;

/** What people dial; never a sum by itself. */
export const HOTLINES = /^(?:11[0249]|12[02]|123\d\d|9[56]\d{3}|100\d\d|400|800|122\d\d)$/;

/** What a price can be for: 元/平, 3000一平, 每斤. */
export const PER_UNITS = list(`
  平方米 平米 平方 平 ㎡ m2 立方米 立方 方 公斤 千克 斤 克 吨 公里 里 米 度 千瓦时 小时 分钟 天 日 晚 周 星期 礼拜 个月 月 学期 季度 季 年 期
  课时 节课 节 堂 门 个人 人头 人 位 名 户 家 次 趟 个 只 台 辆 件 条 套 间 张 份 本 瓶 盒 箱 袋 包 桶 罐 杯 碗 串 盘 桌 餐 顿 单 笔 片 支 块 双 票 栋 层
  股 亩 车 站 科 针 粒 颗 根 头 升 单元 账号 包裹 房 场 kg km h
`).toSorted((a, b) => b.length - a.length);
