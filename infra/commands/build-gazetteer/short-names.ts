/** Short names that no rule gives, of provinces and cities; `name > division`, several divisions not allowed. */
export const SHORT_NAMES = `
内蒙 > 内蒙古自治区
魔都 > 上海市
申城 > 上海市
帝都 > 北京市
津门 > 天津市
羊城 > 广州市
鹏城 > 深圳市
蓉城 > 成都市
杭城 > 杭州市
甬城 > 宁波市
温城 > 温州市
呼市 > 呼和浩特市
哈市 > 哈尔滨市
乌市 > 乌鲁木齐市
石市 > 石家庄市
版纳 > 西双版纳傣族自治州
`;

/** Letters of provinces (GB/T 2659.2 and number plates); read only at the head of an address. */
export const PROVINCE_LETTERS =
  '京11津12冀13晋14辽21吉22黑23沪31苏32浙33皖34闽35赣36鲁37豫41鄂42湘43粤44桂45琼46渝50川51蜀51贵52黔52滇53云53藏54陕61甘62陇62青63宁64新65';

/** The peoples in the names of autonomous divisions and townships, longest first where one is in another. */
export const PEOPLES =
  '柯尔克孜 哈萨克 维吾尔 鄂伦春 鄂温克 达斡尔 塔吉克 乌孜别克 俄罗斯 塔塔尔 蒙古 朝鲜 布依 哈尼 土家 傈僳 拉祜 景颇 纳西 仫佬 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 保安 裕固 独龙 赫哲 门巴 珞巴 基诺 德昂 高山 回 藏 苗 彝 壮 满 侗 瑶 白 傣 黎 佤 畲 水 土 羌 怒 京 东乡 各'.split(
    ' ',
  );

/**
 * Words that hold the name of a division and are no place: what stands inside such a word is not read. Foods, brands,
 * firms of the whole country, everyday words that arise where two words meet.
 */
export const NOT_PLACES =
  `中国平安 平安银行 平安保险 平安健康 平安普惠 平安人寿 平安产险 平安好医生 平安车险 平安信用卡 新华书店 新华保险 新华人寿
长安汽车 长安福特 长安马自达 东方航空 南方航空 海南航空 四川航空 山东航空 厦门航空 深圳航空 上海航空 吉祥航空 北京现代
北京奔驰 北京吉普 北京汽车 上海大众 上海通用 上汽大众 广汽本田 广汽丰田 广州本田 东风本田 东风日产 青岛啤酒 贵州茅台
云南白药 重庆火锅 四川火锅 成都小吃 兰州拉面 沙县小吃 桂林米粉 柳州螺蛳粉 金华火腿 德州扒鸡 北京烤鸭 南京盐水鸭
北京银行 上海银行 宁波银行 杭州银行 江苏银行 南京银行 浙商银行 广东发展银行 大连锁 新安装 高安全 东方财富 北京时间
太平洋 太平人寿 太平保险 国泰君安 泰康 上海电信 东阿阿胶 哈尔滨啤酒 武汉热干面 新疆大枣 宁夏枸杞 和田枣 和田玉 和田大枣
阳澄湖 五常大米 东北大米 长白山 大同小异 通道 安康码 大方面 东方明珠 大名鼎鼎 比如 其他 公安 同安全 共和国 人民共和国
中华人民共和国 平安无事 平安夜 身体安康 合作社 合作 资源 光明正大 光明乳业 光明牛奶 山西老陈醋 镇江香醋 涪陵榨菜 郫县豆瓣
海南鸡饭 扬州炒饭 黄山毛峰 安溪铁观音 信阳毛尖 西湖龙井 南昌起义 羊城通 广场舞 新建议 新乐趣 万全险`
    .split(/\s+/)
    .filter((word) => word !== '');
