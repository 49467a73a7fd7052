import { KINDS } from '../../../shared/case/case.ts';
import type { Ending, HeldInCase } from './person-data.ts';

const ENDINGS: Record<Ending['ending'], { zh: string; en: string }> = {
  corrected: { zh: '已更正', en: 'corrected' },
  unchanged: { zh: '无需更正', en: 'nothing to correct' },
  over: { zh: '已办结或者已清除，保持原样', en: 'over or erased, left as it is' },
  erased: { zh: '已清除', en: 'erased' },
  open: { zh: '仍在办理，不能清除', en: 'still open, cannot be erased' },
  'kept-until': { zh: '依法保存，到期清除', en: 'kept as the law wants, and erased on' },
  'try-again': { zh: '案件正有变动，请重试', en: 'the case is just being worked on; please try again' },
};

const WROTE: Readonly<Record<string, string>> = {
  text: '内容 / text',
  request: '请求 / request',
  paidFen: '已付金额（分） / paid, in fen',
  claimedFen: '诉求金额（分） / claimed, in fen',
  occurredOn: '发生日期 / occurred on',
  business: '被投诉人 / business',
  consents: '同意 / consents',
  steps: '本人办理 / own steps',
};
const PERSON: Readonly<Record<string, string>> = {
  name: '姓名 / name',
  phone: '电话 / phone',
  address: '地址 / address',
  email: '电子邮箱 / e-mail',
  idType: '证件类型 / kind of proof',
  idNumber: '证件号码 / number of proof',
};

/** All that is held of a person, in lines for him. */
export function describeHeld(held: readonly HeldInCase[]): string[] {
  return held.flatMap((one) => [
    '',
    `${one.number} ${KINDS[one.kind].zh} / ${KINDS[one.kind].en}, ${one.receivedOn}, ${one.state.zh} / ${one.state.en}`,
    ...(one.person === undefined
      ? ['  个人信息已清除 / personal data were erased']
      : rows(one.person, PERSON)),
    ...(one.jointly
      ? ['  共同投诉，其他人的信息不显示 / joint complaint; the others’ data are not shown']
      : []),
    ...rows(one.wrote, WROTE),
    ...(one.result === undefined ? [] : [`  办理结果 / result: ${Object.values(one.result).join(' ')}`]),
    ...one.reads.map(({ at, staff, role, reason }) => `  查阅 / read: ${at} ${role} ${staff} (${reason})`),
    ...(one.eraseOn === undefined ? [] : [`  清除日期 / erased on: ${one.eraseOn}`]),
  ]);
}

/** What became of each case, one line each. */
export function describeEndings(endings: readonly Ending[]): string[] {
  return endings.map(({ number, ending, until }) => {
    const { zh, en } = ENDINGS[ending];
    return `${number} ${zh} / ${en}${until === undefined ? '' : ` ${until}`}`;
  });
}

function rows(of: object, labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(of)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(
      ([name, value]) =>
        `  ${labels[name] ?? name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    );
}
