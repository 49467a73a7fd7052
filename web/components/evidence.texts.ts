import type { Pair } from './texts.ts';

/** Files that go with a case. */
export const EVIDENCE = {
  title: { zh: '补充证据', en: 'Add evidence' },
  hint: {
    zh: '小票、合同、商品照片、聊天截图、录音、录像都可以。可以一次选好几个，最多 {most} 个。',
    en: 'Receipts, contracts, pictures of the goods, screenshots, sounds, films. Several at once, {most} at most.',
  },
  limits: {
    zh: '照片和 PDF 每个不超过 20 MB，录音 50 MB，视频 200 MB。',
    en: 'Pictures and PDF up to 20 MB each, sounds 50 MB, films 200 MB.',
  },
  choose: { zh: '拍照或选择文件', en: 'Take a picture or choose files' },
  camera: { zh: '现在拍照', en: 'Take a picture now' },
  chooseAtDesk: { zh: '添加文件或扫描件', en: 'Add files or scans' },
  none: { zh: '还没有文件。', en: 'There are no files yet.' },
  atDesk: { zh: '证据材料', en: 'Evidence' },
  scanHint: {
    zh: '登记后自动上传，可以选多个文件。',
    en: 'Sent by itself once the entry is registered; several files at once.',
  },
  waiting: { zh: '排队等待上传', en: 'Waits for its turn' },
  sending: { zh: '正在上传 {percent}%', en: 'Sending, {percent}%' },
  offline: {
    zh: '网络断了，已传的不会丢。连上网后自动接着传，请不要关掉本页。',
    en: 'No network. What was sent is safe; it goes on by itself when you are back online. Please keep this page open.',
  },
  resume: {
    zh: '没有传完。请再选一次这个文件，会接着传，不用从头来。',
    en: 'Not all of it is here. Choose this file once more: it goes on where it stopped.',
  },
  wrongType: {
    zh: '这种文件不能收。请用照片、PDF、录音（MP3、M4A、AMR、WAV）或者视频（MP4、MOV）。',
    en: 'Files of this kind are not taken. Please use pictures, PDF, sounds (MP3, M4A, AMR, WAV) or films (MP4, MOV).',
  },
  tooLarge: {
    zh: '{kind}不能超过 {most} MB。请截取一段，或者压缩后再传。',
    en: '{kind}: at most {most} MB. Please send a part of it, or a smaller version.',
  },
  empty: { zh: '这是一个空文件，请换一个。', en: 'This file is empty; please choose another one.' },
  unreadable: {
    zh: '手机读不出这个文件，请再选一次。',
    en: 'Your device could not read this file; please choose it again.',
  },
  keptNow: { zh: '{name} 已收好', en: '{name} is safely kept' },
  save: { zh: '下载', en: 'Download' },
  recorded: { zh: '每次下载都会留痕。', en: 'Each download is recorded.' },
  byStaff: { zh: '工作人员添加', en: 'added by staff' },
  byConsumer: { zh: '当事人提交', en: 'sent by the person' },
} as const satisfies Record<string, Pair>;
