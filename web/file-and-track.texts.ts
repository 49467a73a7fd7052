import type { Pair } from './texts.ts';

export const FILE = {
  title: { zh: '我要投诉', en: 'File a complaint' },
  intro: {
    zh: '写清楚四件事就够了：发生了什么、您要什么、是哪家店、怎么找到您。提交后马上给您编号，不用注册。',
    en: 'Four things are enough: what happened, what you want, which business, how to reach you. You get a number at once; no account is needed.',
  },
  draftRestored: { zh: '已恢复您上次没有提交的内容。', en: 'What you had typed before is back.' },
  clearDraft: { zh: '全部清空', en: 'Clear everything' },
  clearQuestion: { zh: '确定清空已经填写的内容吗？', en: 'Really clear what you have typed?' },
  whatHappened: { zh: '发生了什么', en: 'What happened' },
  text: { zh: '投诉内容', en: 'Your complaint' },
  textHint: {
    zh: '照您平时说话写就行：买了什么、什么时候、出了什么问题、商家怎么说。',
    en: 'In your own words: what you bought, when, what went wrong, what the business said.',
  },
  request: { zh: '您的要求', en: 'What you ask for' },
  requestHint: {
    zh: '例如：退款、换货、赔偿、道歉。',
    en: 'For example a refund, an exchange, compensation, an apology.',
  },
  business: { zh: '投诉哪一家', en: 'Which business' },
  businessName: { zh: '店名或公司名', en: 'Name of the shop or company' },
  businessAddress: { zh: '店铺地址', en: 'Its address' },
  businessAddressHint: {
    zh: '请写到镇或街道，例如“海曙区古林镇中心路 8 号”。写得越准，越快送到管这家店的监管所。',
    en: 'District, town, street and number, in Chinese if you can. The better the address, the sooner the right station has it.',
  },
  moneyAndDate: { zh: '金额和日期', en: 'Money and date' },
  paid: { zh: '花了多少钱（元）', en: 'How much you paid (yuan)' },
  claimed: { zh: '要求退赔多少（元）', en: 'How much you claim (yuan)' },
  amountHint: { zh: '例如 1234.50', en: 'Such as 1234.50' },
  occurredOn: { zh: '哪一天发生的', en: 'Day it happened' },
  you: { zh: '怎么找到您', en: 'How to reach you' },
  youHint: {
    zh: '法律要求投诉人留下姓名和电话。只有办案人员能看到，每次查看都有记录。',
    en: 'The law asks for your name and phone. Only those who handle the case can see them, and each look is recorded.',
  },
  name: { zh: '您的姓名', en: 'Your name' },
  phone: { zh: '您的电话', en: 'Your phone' },
  phoneHint: { zh: '办案人员会打这个电话。', en: 'The officer will call this number.' },
  address: { zh: '您的地址', en: 'Your address' },
  submit: { zh: '提交投诉', en: 'Submit the complaint' },
  sending: { zh: '正在提交…', en: 'Sending…' },
  nothingLost: {
    zh: '没有收到系统的回复，但您写的内容都在，一个字也没丢。再试一次不会重复投诉。',
    en: 'No answer came, but nothing you typed is lost. Trying again will not file it twice.',
  },

  done: { zh: '投诉已登记', en: 'Your complaint is registered' },
  writeDown: {
    zh: '请把编号和查询码都抄下来、截图或打印。查进度要用这两样；查询码以后不再显示，也没人能替您找回。',
    en: 'Write both down, take a screenshot or print this. You need both to track the case; the secret is not shown again and nobody can find it for you.',
  },
  number: { zh: '编号', en: 'Number' },
  secret: { zh: '查询码', en: 'Secret' },
  copy: { zh: '复制编号和查询码', en: 'Copy both' },
  copied: { zh: '已复制', en: 'Copied' },
  whoHandles: { zh: '由谁办理', en: 'Who handles it' },
  atHub: {
    zh: '正由接线员核对哪个监管所管这家店，核对后送过去。您随时可以在“查询进度”里看到是哪个所。',
    en: 'A dispatcher is finding out which station is in charge. You will see the station under “Track a case”.',
  },
  because: {
    zh: '因为您投诉的商家在它的辖区。',
    en: 'Because the business you complain about lies in its area.',
  },
  byWhen: { zh: '什么时候有下文', en: 'By when' },
  trackNow: { zh: '查看进度', en: 'Track this case' },
  another: { zh: '再写一份投诉', en: 'File another complaint' },
} as const satisfies Record<string, Pair>;

export const TRACK = {
  title: { zh: '查询进度', en: 'Track a case' },
  intro: {
    zh: '请填写登记时给您的编号和查询码。',
    en: 'Give the number and the secret you got when you filed.',
  },
  number: { zh: '编号', en: 'Number' },
  numberHint: { zh: '13 位数字，例如 261121-483729-1', en: '13 digits, such as 261121-483729-1' },
  badNumber: {
    zh: '编号不对，请核对：13 位数字',
    en: 'This is not a case number, please check it: 13 digits',
  },
  secret: { zh: '查询码', en: 'Secret' },
  secretHint: { zh: '10 位字母和数字，大小写都可以', en: '10 letters and digits, capitals or not' },
  badSecret: { zh: '请填写查询码：只有字母和数字', en: 'Please give the secret: letters and digits only' },
  submit: { zh: '查询', en: 'Show' },
  again: { zh: '刷新', en: 'Refresh' },
  other: { zh: '查另一件', en: 'Track another case' },
  state: { zh: '现在的状态', en: 'It is now' },
  received: { zh: '登记日期', en: 'Registered on' },
  next: { zh: '下一个法定日期', en: 'Next legal date' },
  noStation: { zh: '接线员正在核对由哪个监管所办理', en: 'A dispatcher is finding the station in charge' },
  ground: { zh: '理由', en: 'Ground' },
  recovered: { zh: '为您挽回', en: 'Recovered for you' },
} as const satisfies Record<string, Pair>;
