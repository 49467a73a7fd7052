/*
 * One invented call in every format that is read: the agent greets and asks, the caller complains of a kettle.
 * The formats are those of the providers' documents; names, numbers and ids are made up.
 */

export const CONTACT = '11111111-2222-4333-8444-555555555555';

const SAID: readonly (readonly ['AGENT' | 'CUSTOMER', string, number, number])[] = [
  ['AGENT', '您好，12315热线，很高兴为您服务。', 0, 2_000],
  ['CUSTOMER', '我要投诉，我在光明电器行买了一个电水壶，299元，用了两天就漏水。', 2_500, 9_000],
  ['AGENT', '您说的是光明电器行，对吗？', 9_200, 11_000],
  ['CUSTOMER', '对的，老板不给退。', 11_400, 13_000],
];

/** The words of each turn, with signs as they stand. */
export const TEXTS = SAID.map(([, text]) => text);
export const ROLES = SAID.map(([role]) => (role === 'AGENT' ? 'agent' : 'caller'));

export const contactLens = {
  Version: '1.1.0',
  AccountId: '123456789012',
  Channel: 'VOICE',
  ContentMetadata: { Output: 'Raw' },
  JobStatus: 'COMPLETED',
  LanguageCode: 'zh-CN',
  CustomerMetadata: { ContactId: CONTACT, InstanceId: 'i-1' },
  Participants: [
    { ParticipantId: 'p-1', ParticipantRole: 'AGENT' },
    { ParticipantId: 'p-2', ParticipantRole: 'CUSTOMER' },
  ],
  ConversationCharacteristics: { TotalConversationDurationMillis: 13_000 },
  Transcript: SAID.map(([role, Content, BeginOffsetMillis, EndOffsetMillis], at) => ({
    BeginOffsetMillis,
    Content,
    EndOffsetMillis,
    Id: `turn-${at}`,
    ParticipantId: role === 'AGENT' ? 'p-1' : 'p-2',
    Sentiment: 'NEUTRAL',
    LoudnessScore: [70.1, 71.2],
  })),
};

const common = { Version: '1.0.0', Channel: 'VOICE', ContactId: CONTACT, LanguageCode: 'zh-CN' };
const segment = (at: number) => {
  const [ParticipantRole = 'AGENT', Content = '', BeginOffsetMillis = 0, EndOffsetMillis = 0] =
    SAID[at] ?? [];
  return {
    Id: `t-${at}`,
    ParticipantId: ParticipantRole,
    ParticipantRole,
    Content,
    BeginOffsetMillis,
    EndOffsetMillis,
  };
};

/** The records of one contact's stream, in the order in which they are written. */
export const realTime = [
  { ...common, EventType: 'STARTED' },
  {
    ...common,
    EventType: 'SEGMENTS',
    Segments: [
      {
        Utterance: {
          Id: 'u-1',
          TranscriptId: 't-1',
          ParticipantId: 'CUSTOMER',
          ParticipantRole: 'CUSTOMER',
          PartialContent: '我要投诉',
          BeginOffsetMillis: 2_500,
          EndOffsetMillis: 3_500,
        },
      },
      { Transcript: segment(0) },
    ],
  },
  {
    ...common,
    EventType: 'SEGMENTS',
    Segments: [
      {
        Utterance: {
          Id: 'u-2',
          TranscriptId: 't-1',
          ParticipantId: 'CUSTOMER',
          ParticipantRole: 'CUSTOMER',
          PartialContent: '我在光明电器行买了',
          BeginOffsetMillis: 3_600,
          EndOffsetMillis: 5_000,
        },
      },
    ],
  },
  {
    ...common,
    EventType: 'SEGMENTS',
    Segments: [{ Transcript: segment(1) }, { Categories: { MatchedCategories: ['Complaint'] } }],
  },
  { ...common, EventType: 'SEGMENTS', Segments: [{ Transcript: segment(2) }, { Transcript: segment(3) }] },
  { ...common, EventType: 'COMPLETED' },
] as const;

/** Each character of Chinese is a word of its own to the engine. */
const characters = (at: number) => {
  const [, text = '', from = 0, to = 0] = SAID[at] ?? [];
  const all = text.match(/[A-Za-z0-9]+|./gu) ?? [];
  const step = (to - from) / all.length;
  return all.map((content, place) => ({
    content,
    sign: /\p{P}/u.test(content),
    from: Math.round(from + place * step),
    to: Math.round(from + (place + 1) * step),
  }));
};
const inSeconds = (ms: number) => (ms / 1000).toFixed(3);
const itemsOf = (at: number, label: object = {}) =>
  characters(at).map(({ content, sign, from, to }) =>
    sign
      ? { ...label, alternatives: [{ confidence: '0.0', content }], type: 'punctuation' }
      : {
          ...label,
          start_time: inSeconds(from),
          end_time: inSeconds(to),
          alternatives: [{ confidence: '0.98', content }],
          type: 'pronunciation',
        },
  );
const speakerOf = (at: number) => `spk_${at % 2}`;
const job = { jobName: 'call-0001', accountId: '123456789012', status: 'COMPLETED' };
const transcripts = [{ transcript: TEXTS.join('') }];
const everyTurn = SAID.map((_, at) => at);

/** As it was until 2023: who speaks stands apart from the items. */
export const speakersApart = {
  ...job,
  results: {
    language_code: 'zh-CN',
    transcripts,
    speaker_labels: {
      speakers: 2,
      segments: everyTurn.map((at) => ({
        start_time: inSeconds(SAID[at]?.[2] ?? 0),
        end_time: inSeconds(SAID[at]?.[3] ?? 0),
        speaker_label: speakerOf(at),
        items: characters(at)
          .filter(({ sign }) => !sign)
          .map(({ from, to }) => ({
            start_time: inSeconds(from),
            end_time: inSeconds(to),
            speaker_label: speakerOf(at),
          })),
      })),
    },
    items: everyTurn.flatMap((at) => itemsOf(at)),
  },
};

/** As it is now: each item names its speaker, and there are segments. */
export const speakersInItems = {
  ...job,
  results: {
    transcripts,
    items: everyTurn.flatMap((at) => itemsOf(at, { speaker_label: speakerOf(at) })),
    audio_segments: everyTurn.map((at) => ({
      id: at,
      transcript: TEXTS[at],
      start_time: inSeconds(SAID[at]?.[2] ?? 0),
      end_time: inSeconds(SAID[at]?.[3] ?? 0),
      speaker_label: speakerOf(at),
    })),
  },
};

const channel = (number: number, named: boolean) => ({
  channel_label: `ch_${number}`,
  items: everyTurn
    .filter((at) => at % 2 === number)
    .flatMap((at) => itemsOf(at, named ? { channel_label: `ch_${number}` } : {})),
});

/** Channels: each channel's items by themselves, with and without the channel's name on each item. */
export const channels = (named: boolean) => ({
  ...job,
  results: {
    transcripts,
    channel_labels: { channels: [channel(0, named), channel(1, named)], number_of_channels: 2 },
    items: everyTurn.flatMap((at) => itemsOf(at)),
  },
});

const analyticsItems = (at: number) =>
  characters(at).map(({ content, sign, from, to }) =>
    sign
      ? { Type: 'punctuation', Confidence: '0.0', Content: content }
      : {
          Type: 'pronunciation',
          Confidence: '0.97',
          BeginOffsetMillis: from,
          EndOffsetMillis: to,
          Content: content,
        },
  );

export const callAnalytics = {
  JobStatus: 'COMPLETED',
  LanguageCode: 'zh-CN',
  JobName: 'analytics-0001',
  AccountId: '123456789012',
  Channel: 'VOICE',
  Participants: [{ ParticipantRole: 'AGENT' }, { ParticipantRole: 'CUSTOMER' }],
  ConversationCharacteristics: {},
  Transcript: SAID.map(([ParticipantRole, Content, BeginOffsetMillis, EndOffsetMillis], at) => ({
    ParticipantRole,
    Content,
    BeginOffsetMillis,
    EndOffsetMillis,
    Id: `turn-${at}`,
    Items: analyticsItems(at),
  })),
};

const utterance = (at: number, Transcript: string, IsPartial: boolean, EndOffsetMillis: number) => ({
  UtteranceEvent: {
    UtteranceId: `u-${at}`,
    IsPartial,
    ParticipantRole: SAID[at]?.[0],
    BeginOffsetMillis: SAID[at]?.[2],
    EndOffsetMillis,
    Transcript,
    Items: IsPartial ? [] : analyticsItems(at),
  },
});
/** The events of real-time Call Analytics: an utterance grows until it is no longer partial. */
export const utterances = [
  utterance(0, '您好', true, 500),
  ...everyTurn.flatMap((at) => [
    utterance(at, TEXTS[at]?.slice(0, 4) ?? '', true, (SAID[at]?.[2] ?? 0) + 600),
    utterance(at, TEXTS[at] ?? '', false, SAID[at]?.[3] ?? 0),
  ]),
  { CategoryEvent: { MatchedCategories: ['complaint'] } },
];

/** The events of streaming transcription with channels. */
export const stream = everyTurn.flatMap((at) =>
  [true, false].map((IsPartial) => ({
    TranscriptEvent: {
      Transcript: {
        Results: [
          {
            ResultId: `r-${at}`,
            ChannelId: `ch_${at % 2}`,
            IsPartial,
            StartTime: (SAID[at]?.[2] ?? 0) / 1000,
            EndTime: (SAID[at]?.[3] ?? 0) / 1000 - (IsPartial ? 0.5 : 0),
            Alternatives: [{ Transcript: IsPartial ? TEXTS[at]?.slice(0, 5) : TEXTS[at], Items: [] }],
          },
        ],
      },
    },
  })),
);

const clock = (ms: number, sign: string) =>
  `00:00:${String(Math.floor(ms / 1000)).padStart(2, '0')}${sign}${String(ms % 1000).padStart(3, '0')}`;
const names = { AGENT: '客服', CUSTOMER: '市民' } as const;

export const plain = SAID.map(([role, text]) => `${names[role]}：${text}`).join('\n');
const plainWithTimes = SAID.map(
  ([role, text, from]) => `[00:${String(Math.floor(from / 1000)).padStart(2, '0')}] ${names[role]}：${text}`,
).join('\n');
const plainLetters = SAID.map(([role, text]) => `${role === 'AGENT' ? 'A' : 'B'}: ${text}`).join('\n');
export const plainWithoutSpeakers = TEXTS.join('\n');
export const webVtt = `WEBVTT\n\nNOTE made up\n\n${SAID.map(
  ([role, text, from, to], at) =>
    `${at + 1}\n${clock(from, '.')} --> ${clock(to, '.')} align:start\n<v ${names[role]}>${text}</v>`,
).join('\n\n')}\n`;
const subRip = SAID.map(
  ([role, text, from, to], at) =>
    `${at + 1}\r\n${clock(from, ',')} --> ${clock(to, ',')}\r\n${names[role]}：${text}\r\n`,
).join('\r\n');

export const own = {
  format: '12315-transcript',
  version: 1,
  callId: 'pbx-0001',
  startedAt: '2026-03-11T10:00:00+08:00',
  language: 'zh-CN',
  callerNumber: '13800000001',
  turns: SAID.map(([role, text, startMs, endMs]) => ({
    speaker: role === 'AGENT' ? 'agent' : 'caller',
    text,
    startMs,
    endMs,
  })),
};

/** Engines that are known by their lists only. */
export const iflytek = SAID.map(([role, onebest, bg, ed]) => ({
  bg: String(bg),
  ed: String(ed),
  onebest,
  speaker: role === 'AGENT' ? '1' : '2',
}));
export const aliyun = {
  TaskId: 'task-0001',
  StatusText: 'SUCCESS',
  Result: {
    Sentences: SAID.map(([role, Text, BeginTime, EndTime]) => ({
      Text,
      BeginTime,
      EndTime,
      ChannelId: role === 'AGENT' ? 0 : 1,
      SpeechRate: 200,
    })),
  },
};
export const whisper = {
  text: TEXTS.join(''),
  language: 'zh',
  segments: SAID.map(([role, text, start, end], id) => ({
    id,
    start: start / 1000,
    end: end / 1000,
    text,
    speaker: `SPEAKER_0${role === 'AGENT' ? 0 : 1}`,
  })),
};
export const dialogue = { id: 'd-1', dialog: SAID.map(([role, text]) => ({ [names[role]]: text })) };

/** Every format whose whole file is one call with its speakers told apart. */
export const FILES: Readonly<Record<string, string>> = {
  'Contact Lens': JSON.stringify(contactLens),
  'Contact Lens in real time': realTime.map((one) => JSON.stringify(one)).join(''),
  'Transcribe, speakers apart': JSON.stringify(speakersApart),
  'Transcribe, speakers in items': JSON.stringify(speakersInItems),
  'Transcribe, channels': JSON.stringify(channels(false)),
  'Transcribe, named channels': JSON.stringify(channels(true)),
  'Transcribe, stream': stream.map((one) => JSON.stringify(one)).join('\n'),
  'Call Analytics': JSON.stringify(callAnalytics, null, 1),
  'Call Analytics in real time': JSON.stringify(utterances),
  'plain text': plain,
  'plain text with times': plainWithTimes,
  'plain text with letters': plainLetters,
  WebVTT: webVtt,
  SRT: subRip,
  'our own JSON': JSON.stringify(own),
  iFlytek: JSON.stringify(iflytek),
  Aliyun: JSON.stringify(aliyun),
  Whisper: JSON.stringify(whisper),
  dialogue: JSON.stringify(dialogue),
};
