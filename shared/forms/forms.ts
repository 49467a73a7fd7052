/**
 * The ten forms of 市场监督管理部门处理投诉举报文书式样 (April 2026), word for word. Data only: what a form says, which
 * values it asks for and where they stand. How it is filled is in fill-form.ts.
 */

import type { LocalDate } from '../dates.ts';
import { type Block, type Sentence, TEXT_WIDTH } from './layout.ts';

/** What a field may hold. */
export interface Kinds {
  /** Inside a sentence or a cell: line breaks become spaces. */
  text: string;
  /** A paragraph or more of its own. */
  prose: string;
  date: LocalDate;
  /** `HH:mm` */
  time: string;
  count: number;
  /** A numbered list, each on its own line. */
  list: readonly string[];
  /** Further materials after the first, which the form names itself. */
  materials: readonly string[];
  names: readonly string[];
  consent: boolean;
  /** Which of the two the unit is sent. */
  matter: '投诉' | '举报';
  /** Order 121 Art. 16 (1)–(7). */
  refusalGround: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** Order 121 Art. 23 (1)–(8). */
  terminationGround: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
}

export interface Field {
  kind: keyof Kinds;
  zh: string;
  en: string;
  required: boolean;
  /** What is printed while the value is missing, where it is not the usual blank of its kind. */
  blank?: string;
}

export interface FormDefinition {
  title: string;
  /** For menus. */
  titleEn: string;
  matter: 'complaint' | 'report' | 'either';
  /** Who gets it; a register form stays in the file. */
  to: readonly ('file' | 'complainant' | 'business' | 'informer' | 'unit')[];
  /** 编号, the number of the case, or 文号, the number of the document. */
  numbered: 'case' | 'document';
  fields: Readonly<Record<string, Field>>;
  body: readonly Block[];
  /** The last words of a notice, which stay on one page with the seal: a seal alone could be put under anything. */
  closing?: Sentence;
  /** 注: printed on the register forms only; on a notice they tell the officer when to use it. */
  notes: readonly string[];
  /** A page that would run over by a few lines is set closer: points from line to line. */
  linePitch?: number;
}

export type FormId =
  | 'form-1'
  | 'form-2'
  | 'form-3'
  | 'form-4'
  | 'form-5'
  | 'form-6'
  | 'form-7'
  | 'form-8'
  | 'form-9'
  | 'form-10';

/** A field that must be filled before the document may be signed. */
function must<Kind extends keyof Kinds>(kind: Kind, zh: string, en: string, blank?: string) {
  return { kind, zh, en, required: true, ...(blank === undefined ? {} : { blank }) } as const;
}

/** A field that may be left to the pen. */
function may<Kind extends keyof Kinds>(kind: Kind, zh: string, en: string, blank?: string) {
  return { kind, zh, en, required: false, ...(blank === undefined ? {} : { blank }) } as const;
}

const CASE_NUMBERED = {
  unit: must('text', '登记单位', 'registering unit'),
  caseNumber: must('text', '编号', 'case number'),
} as const;

const SIGNED_DATES = {
  signedOn: may('date', '当事人签字日期', 'day of the signature'),
  clerkSignedOn: may('date', '经办人签字日期', "day of the clerk's signature"),
} as const;

const SEALED = {
  documentNumber: must('text', '文号', 'document number', '＿＿＿市监﹝＿＿＿﹞第＿＿号'),
  authority: must('text', '市场监督管理局', 'bureau', '＿＿＿＿＿市场监督管理局'),
  date: must('date', '落款日期', 'date of the document'),
} as const;

const ADDRESSED = { ...SEALED, addressee: must('text', '受送达人', 'addressee') } as const;
const ADDRESSEE = { text: '{addressee}：', align: 'left' } as const;

const REGISTER_HEAD = { pair: ['登记单位：{unit}', '编号：{caseNumber}'], at: 282 } as const;

const LABEL = 74;
const VALUE = (side: number) => (TEXT_WIDTH - side - 2 * LABEL) / 2;

const label = (text: string) => ({ text, align: 'center' }) as const;

function signatures(party: string): Block {
  const half = TEXT_WIDTH / 2;
  const cells = [
    { text: `${party}（签字）：`, below: '{signedOn}' },
    { text: '经办人（签字）：', below: '{clerkSignedOn}' },
  ];
  return { columns: [half, half], rows: [{ height: 48, cells }], whole: true };
}

/** The forms by number, as the bureaus name them: 文书式样一 is `form-1`. */
export const FORMS = {
  'form-1': {
    title: '投诉登记表',
    titleEn: 'Complaint register form',
    matter: 'complaint',
    to: ['file'],
    numbered: 'case',
    fields: {
      ...CASE_NUMBERED,
      name: must('text', '投诉人姓名', "complainant's name"),
      phone: must('text', '投诉人联系电话', "complainant's telephone"),
      idType: may('text', '证件类型', 'type of identity document'),
      idNumber: may('text', '证件号码', 'number of the identity document'),
      address: must('text', '投诉人联系地址', "complainant's address"),
      mayPublish: may('consent', '是否同意公示投诉信息', 'consents to publication', '□是 □否'),
      mayEntrust: may('consent', '是否同意委托调解', 'consents to entrusted mediation', '□是 □否'),
      business: must('text', '被投诉人名称（姓名）', "business's name"),
      businessContact: may('text', '被投诉人联系人', "business's contact"),
      businessAddress: must('text', '被投诉人地址', "business's address"),
      businessPhone: may('text', '被投诉人联系电话', "business's telephone"),
      facts: must('prose', '消费者权益争议事实依据', 'facts of the dispute'),
      request: must('prose', '投诉请求', 'request'),
      ...SIGNED_DATES,
    },
    body: [
      REGISTER_HEAD,
      {
        columns: [26, LABEL, VALUE(26), LABEL, VALUE(26)],
        rows: [
          {
            height: 23,
            cells: [
              { ...label('投诉人'), rows: 4 },
              label('姓名'),
              { text: '{name}' },
              label('联系电话'),
              { text: '{phone}' },
            ],
          },
          {
            height: 23,
            cells: [label('证件类型'), { text: '{idType}' }, label('证件号码'), { text: '{idNumber}' }],
          },
          { height: 23, cells: [label('联系地址'), { text: '{address}', columns: 3 }] },
          {
            height: 38,
            cells: [
              label('是否同意公示投诉信息'),
              { ...label('{mayPublish}') },
              label('是否同意委托调解'),
              { ...label('{mayEntrust}') },
            ],
          },
          {
            height: 23,
            cells: [
              { ...label('被投诉人'), rows: 2 },
              label('名称（姓名）'),
              { text: '{business}' },
              label('联系人'),
              { text: '{businessContact}' },
            ],
          },
          {
            height: 32,
            cells: [
              label('地址'),
              { text: '{businessAddress}' },
              label('联系电话'),
              { text: '{businessPhone}' },
            ],
          },
          { height: 174, cells: [label('消费者权益争议事实依据'), { text: '{facts}', columns: 4 }] },
          { height: 68, cells: [label('投诉请求'), { text: '{request}', columns: 4 }] },
        ],
      },
      signatures('投诉人'),
    ],
    notes: [
      '1.本表格适用于市场监督管理部门对消费者通过电话、信函、上门等方式提起投诉的登记。',
      '2.消费者通过非现场方式提起投诉的，无须在投诉人一栏签字。',
      '3.消费者权益争议事实依据应当包括：消费者购买、使用商品或者接受服务的时间、地点、内容、涉及金额、消费者权益争议情况等具体事实及相应证明材料。',
      '4.投诉请求应当包括：消费者主张修理、重作、更换、退货、补足商品数量、退还货款和服务费用、赔偿损失等具体请求。',
    ],
  },

  'form-2': {
    title: '举报登记表',
    titleEn: 'Report register form',
    matter: 'report',
    to: ['file'],
    numbered: 'case',
    fields: {
      ...CASE_NUMBERED,
      // An informer may stay anonymous: note 2.
      name: may('text', '举报人姓名', "informer's name"),
      phone: may('text', '举报人联系电话', "informer's telephone"),
      address: may('text', '举报人联系地址', "informer's address"),
      idNumber: may('text', '身份证件号码', 'number of the identity document'),
      business: must('text', '被举报人名称（姓名）', "business's name"),
      businessAddress: must('text', '被举报人地址', "business's address"),
      clues: must('prose', '具体线索和相应的事实依据', 'clues and facts'),
      ...SIGNED_DATES,
    },
    body: [
      REGISTER_HEAD,
      {
        columns: [38, LABEL, VALUE(38), LABEL, VALUE(38)],
        rows: [
          {
            height: 28,
            cells: [
              { ...label('举报人'), rows: 2 },
              label('姓名'),
              { text: '{name}' },
              label('联系电话'),
              { text: '{phone}' },
            ],
          },
          {
            height: 28,
            cells: [label('联系地址'), { text: '{address}' }, label('身份证件号码'), { text: '{idNumber}' }],
          },
          {
            height: 28,
            cells: [
              { ...label('被举报人'), rows: 2 },
              label('名称（姓名）'),
              { text: '{business}', columns: 3 },
            ],
          },
          { height: 28, cells: [label('地址'), { text: '{businessAddress}', columns: 3 }] },
          {
            height: 320,
            cells: [
              label('涉嫌违反市场监督管理法律、法规、规章的具体线索和相应的事实依据'),
              { text: '{clues}', columns: 4 },
            ],
          },
        ],
      },
      signatures('举报人'),
    ],
    notes: [
      '1.本表格适用于市场监督管理部门对举报人通过电话、信函、上门等方式提起举报的登记。',
      '2.举报人可以匿名举报，但应当提供具体涉嫌违法线索和相应的事实依据，并对举报内容的真实性负责。举报人实名举报的，还应当提供真实的身份信息。',
      '3.通过非现场方式提出举报的，无须在举报人一栏签字。',
    ],
  },

  'form-3': {
    title: '投诉/举报分送通知书',
    titleEn: 'Notice of distribution of a complaint or report',
    matter: 'either',
    to: ['unit'],
    numbered: 'document',
    fields: {
      ...SEALED,
      recipient: must('text', '接收单位', 'unit that receives it', '＿＿＿＿＿市场监督管理局'),
      person: must('text', '投诉人/举报人', 'complainant or informer'),
      receivedOn: must('date', '投诉/举报日期', 'day of the complaint or report'),
      subject: must('text', '事由', 'subject'),
      matter: must('matter', '投诉或举报', 'complaint or report', '投诉/举报'),
      dueOn: must('date', '报告期限', 'day the result is due'),
      copies: may('count', '材料份数', 'number of enclosures'),
      pages: may('count', '材料页数', 'number of pages'),
    },
    body: [
      { text: '{recipient}：', align: 'left' },
      '现转去{person}于{receivedOn}关于{subject}的{matter}。请你局按照《市场监督管理投诉举报处理办法》的规定依法予以处理，并将处理结果于{dueOn}前报告我局。',
    ],
    closing: '附：相关材料{copies}份，共{pages}页。',
    notes: [
      '本通知书适用于省级或者地市级市场监督管理部门或者其设立的12315工作机构将收到的投诉/举报分送下级市场监督管理部门处理。',
    ],
  },

  'form-4': {
    title: '限期提供身份证明材料通知书',
    titleEn: 'Notice to furnish proof of identity',
    matter: 'complaint',
    to: ['complainant'],
    numbered: 'document',
    fields: {
      ...ADDRESSED,
      dueOn: must('date', '提供期限', 'day the proof is due'),
      materials: must('list', '身份证明材料', 'proof that is asked for'),
      phone: must('text', '联系电话', "bureau's telephone"),
      address: must('text', '通信地址', "bureau's address"),
    },
    body: [
      ADDRESSEE,
      '根据《中华人民共和国消费者权益保护法实施条例》第四十六条第一款的规定，消费者和经营者发生消费争议向市场监督管理部门或者其他有关行政部门投诉的，应当提供真实身份信息等材料。',
      '根据《市场监督管理投诉举报处理办法》第十条第三款的规定，请你在{dueOn}前向我局提供以下身份证明材料。',
      '{materials}',
      '逾期未提供或提供虚假材料的，我局将根据《市场监督管理投诉举报处理办法》第十条、第十六条的规定，对投诉依法不予受理。',
    ],
    closing: '联系电话：{phone}；通信地址：{address}。',
    notes: [
      '1.本通知书适用于投诉人未提供真实身份信息，市场监督管理部门通知投诉人限期提供身份证明材料。',
      '2.本通知书中“联系电话”“通信地址”指接收限期提供身份证明材料的市场监督管理部门地址及联系电话。',
    ],
  },

  'form-5': {
    title: '投诉受理决定书',
    titleEn: 'Decision to accept a complaint',
    matter: 'complaint',
    to: ['complainant'],
    numbered: 'document',
    fields: {
      ...ADDRESSED,
      receivedOn: must('date', '收到投诉日期', 'day the complaint was received'),
      subject: must('text', '事由', 'subject'),
      contact: must('text', '联系人', 'officer'),
      phone: must('text', '联系电话', "officer's telephone"),
    },
    body: [
      ADDRESSEE,
      '我局于{receivedOn}收到你关于{subject}的投诉。经审查，符合《市场监督管理投诉举报处理办法》规定的受理条件，我局决定受理。',
      '联系人：{contact}；联系电话：{phone}。',
    ],
    closing: '特此告知。',
    notes: [
      '1.本决定书适用于市场监督管理部门对投诉作出受理决定，并告知投诉人受理情况。',
      '2.本决定书中“联系人”“联系电话”指市场监督管理部门负责处理投诉的工作人员及其联系电话。',
      '3.本决定书可以通过互联网、电话、短信、电子邮件、信函等方式告知。',
    ],
  },

  'form-6': {
    title: '投诉不予受理决定书',
    titleEn: 'Decision not to accept a complaint',
    matter: 'complaint',
    to: ['complainant'],
    numbered: 'document',
    linePitch: 21,
    fields: {
      ...ADDRESSED,
      receivedOn: must('date', '收到投诉日期', 'day the complaint was received'),
      subject: must('text', '事由', 'subject'),
      ground: must('refusalGround', '不予受理情形', 'ground of refusal'),
    },
    body: [
      ADDRESSEE,
      '我局于{receivedOn}收到你关于{subject}的投诉。经审查，属以下第〔{ground}〕项情形，依据《市场监督管理投诉举报处理办法》第十六条的规定，我局决定不予受理。',
      '（一）投诉事项不属于市场监督管理部门职责，或者本行政机关不具有处理权限的；',
      '（二）法院、仲裁机构、市场监督管理部门或者其他行政机关、消费者协会已经受理或者处理过同一消费者权益争议的；',
      '（三）不是为生活消费需要购买、使用商品或者接受服务，或者不能证明与被投诉人之间存在消费者权益争议的；',
      '（四）除法律另有规定外，投诉人知道或者应当知道自己的权益受到被投诉人侵害之日起超过三年的；',
      '（五）未提供本办法第十条第一款、第十一条规定的材料，或者提供虚假材料的；',
      '（六）冒用他人名义或者拒不配合市场监督管理部门核验真实身份信息的；',
      '（七）法律、法规、规章规定不予受理的其他情形。',
      '你还可以按照《中华人民共和国消费者权益保护法》第三十九条规定的其他途径解决消费者权益争议。',
    ],
    closing: '特此告知。',
    notes: [
      '1.本决定书适用于市场监督管理部门对投诉作出不予受理决定，并告知投诉人不予受理情况。',
      '2.本决定书可以通过互联网、电话、短信、电子邮件、信函等方式告知。',
    ],
  },

  'form-7': {
    title: '投诉调解通知书',
    titleEn: 'Notice of mediation',
    matter: 'complaint',
    to: ['complainant', 'business'],
    numbered: 'document',
    linePitch: 26,
    fields: {
      ...ADDRESSED,
      subject: must('text', '事由', 'subject'),
      mediationDate: must('date', '调解日期', 'day of the mediation'),
      mediationTime: must('time', '调解时间', 'hour of the mediation'),
      place: must('text', '调解地点', 'place of the mediation'),
      materials: may('materials', '其他应携带的材料', 'further materials to bring', '；2. ……'),
      recusalDays: must('count', '申请回避期限（日）', 'days to apply for a recusal'),
      mediators: must('names', '调解人员', 'mediators'),
      phone: must('text', '联系电话', "mediators' telephone"),
    },
    body: [
      ADDRESSEE,
      '关于{subject}的投诉，我局已经受理，根据《市场监督管理投诉举报处理办法》的规定，现组织双方当事人进行现场调解。请于{mediationDate}{mediationTime}到{place}参加调解。无正当理由不参加调解的，我局将依法终止调解。',
      '请携带以下材料：1.身份证明材料{materials}',
      '如果您认为调解人员是投诉人或者被投诉人的近亲属或者有其他利害关系，可能影响公正处理投诉的，可以自收到本通知书之日起{recusalDays}日内对调解人员提出回避申请。',
      '调解人员：{mediators}；联系电话：{phone}。',
    ],
    closing: '特此通知。',
    notes: [
      '1.本通知书适用于市场监督管理部门通知投诉人和被投诉人参加现场调解。',
      '2.本通知书中“调解人员”“联系电话”指主持调解的工作人员及其联系电话。',
      '3.本通知书可以通过互联网、电话、短信、电子邮件、信函等方式告知。',
    ],
  },

  'form-8': {
    title: '投诉终止调解决定书',
    titleEn: 'Decision to end a mediation',
    matter: 'complaint',
    to: ['complainant', 'business'],
    numbered: 'document',
    linePitch: 20,
    fields: {
      ...ADDRESSED,
      subject: must('text', '事由', 'subject'),
      ground: must('terminationGround', '终止调解情形', 'ground of ending'),
    },
    body: [
      ADDRESSEE,
      '经审查，关于{subject}投诉的调解过程中出现以下第〔{ground}〕项情形，依据《市场监督管理投诉举报处理办法》第二十三条第一款的规定，我局决定终止调解。',
      '（一）投诉人撤回投诉或者双方自行和解的；',
      '（二）投诉人、被投诉人无正当理由不参加调解，或者明确拒绝调解的；',
      '（三）经组织调解，投诉人或者被投诉人明确表示无法达成调解协议的；',
      '（四）投诉人与被投诉人对鉴定、检测费用承担无法协商一致的；',
      '（五）自投诉受理之日起六十日内投诉人和被投诉人未能达成调解协议的；',
      '（六）市场监督管理部门受理投诉后，发现存在本办法第十六条、第四十二条规定情形的；',
      '（七）投诉人、被投诉人死亡或者主体资格灭失的；',
      '（八）法律、法规、规章规定的应当终止调解的其他情形。',
      '投诉人、被投诉人对市场监督管理部门作出的终止调解决定、调解结果不服的，可以按照《中华人民共和国消费者权益保护法》第三十九条规定，通过民事诉讼、仲裁等其他途径解决消费者权益争议。',
    ],
    closing: '特此告知。',
    notes: [
      '1.本决定书适用于市场监督管理部门对投诉作出终止调解决定，并告知投诉人和被投诉人。',
      '2.本决定书可以通过互联网、电话、短信、电子邮件、信函等方式告知。',
    ],
  },

  'form-9': {
    title: '投诉调解书',
    titleEn: 'Mediation agreement',
    matter: 'complaint',
    to: ['complainant', 'business'],
    numbered: 'document',
    linePitch: 20,
    fields: {
      ...SEALED,
      complainant: must('text', '投诉人', 'complainant'),
      complainantPhone: must('text', '投诉人联系电话', "complainant's telephone"),
      complainantAddress: must('text', '投诉人联系地址', "complainant's address"),
      complainantAgent: may('text', '投诉人委托代理人', "complainant's agent"),
      complainantAgentPhone: may('text', '投诉人委托代理人联系电话', "telephone of the complainant's agent"),
      complainantAgentAddress: may('text', '投诉人委托代理人联系地址', "address of the complainant's agent"),
      business: must('text', '被投诉人', 'business'),
      representative: must('text', '法定代表人（负责人）', 'legal representative', '＿＿＿'),
      businessPhone: must('text', '被投诉人联系电话', "business's telephone"),
      businessAddress: must('text', '地址（经营场所）', 'address (place of business)'),
      businessAgent: may('text', '被投诉人委托代理人', "business's agent"),
      businessAgentPhone: may('text', '被投诉人委托代理人联系电话', "telephone of the business's agent"),
      businessAgentAddress: may('text', '被投诉人委托代理人联系地址', "address of the business's agent"),
      content: must('prose', '投诉内容及投诉请求', 'complaint and request'),
      agreement: must('prose', '协议内容', 'agreement'),
    },
    body: [
      { pair: ['投诉人：{complainant}', '联系电话：{complainantPhone}'], at: 221 },
      { text: '联系地址：{complainantAddress}', align: 'left' },
      { pair: ['委托代理人：{complainantAgent}', '联系电话：{complainantAgentPhone}'], at: 221 },
      { text: '联系地址：{complainantAgentAddress}', align: 'left' },
      { text: '被投诉人：{business}', align: 'left' },
      { pair: ['法定代表人（负责人）：{representative}', '联系电话：{businessPhone}'], at: 221 },
      { text: '地址（经营场所）：{businessAddress}', align: 'left' },
      { pair: ['委托代理人：{businessAgent}', '联系电话：{businessAgentPhone}'], at: 221 },
      { text: '联系地址：{businessAgentAddress}', align: 'left' },
      { text: '投诉内容及投诉请求：', align: 'left' },
      '{content}',
      '根据《市场监督管理投诉举报处理办法》有关规定，本局组织双方当事人进行调解，双方自愿达成如下协议：',
      '{agreement}',
      '本调解书经双方当事人签字后生效。调解书生效后，一方当事人未履行的，另一方当事人可以依据《中华人民共和国消费者权益保护法》第三十九条规定，通过民事诉讼、仲裁等其他途径解决消费者权益争议。',
    ],
    closing: '投诉人（签名）：\n被投诉人（签名）：\n调解人员（签名）：',
    notes: [
      '1.本调解书适用于市场监督管理部门组织投诉人和被投诉人现场调解并达成调解协议。调解协议已经即时履行或者双方同意不制作调解书的，可以不制作调解书，市场监督管理部门应当做好调解记录备查。',
      '2.本调解书由投诉人和被投诉人双方签字或者盖章，并加盖市场监督管理部门印章，交投诉人和被投诉人各执一份，市场监督管理部门留存一份归档。',
      '3.投诉人和被投诉人委托他人参加调解的，被委托人应当出具授权委托书和身份证明。授权委托书应当载明委托事项、权限和期限，并由委托人本人签名。',
    ],
  },

  'form-10': {
    title: '举报处理结果告知书',
    titleEn: 'Notice of the result of a report',
    matter: 'report',
    to: ['informer'],
    numbered: 'document',
    fields: {
      ...ADDRESSED,
      subject: must('text', '事由', 'subject'),
      law: must('text', '依据的法律、法规、规章', 'law that it rests on'),
      article: must('text', '依据的条款', 'article'),
      result: must('prose', '处理结果', 'result'),
    },
    body: [
      ADDRESSEE,
      '关于{subject}的举报，我局已依法处理。根据《{law}》第{article}条规定，现将处理结果告知如下：',
      '{result}',
    ],
    closing: '特此告知。',
    notes: [
      '1.本告知书适用于市场监督管理部门依据法律、法规、规章的明确规定，将举报处理结果告知举报人。',
      '2.本告知书可以通过互联网、电话、短信、电子邮件、信函等方式告知。',
    ],
  },
} as const satisfies Record<FormId, FormDefinition>;

/** The values of a form; all may be missing, because a draft can be printed and finished by hand. */
export type FormValues<Id extends FormId> = {
  -readonly [Key in keyof (typeof FORMS)[Id]['fields']]?: (typeof FORMS)[Id]['fields'][Key] extends {
    kind: infer Kind extends keyof Kinds;
  }
    ? Kinds[Kind]
    : never;
};
