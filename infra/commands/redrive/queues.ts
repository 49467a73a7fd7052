/** The queues that can be redriven, by the beginning of their logical ids (infra/constructs/hotline-queue.ts). */
export const QUEUES: Readonly<Record<string, { source: string; deadLetter: string }>> = {
  triage: { source: 'TriageQueue', deadLetter: 'TriageTriageDlq' },
  notices: { source: 'NoticesQueue', deadLetter: 'NoticesNoticesDlq' },
  'informer-notices': {
    source: 'InformerNoticesQueue',
    deadLetter: 'InformerNoticesInformerNoticesDlq',
  },
};
