/** The queues that can be redriven, by the beginning of their logical ids (infra/constructs/hotline-queue.ts). */
export const QUEUES: Readonly<Record<string, { source: string; deadLetter: string }>> = {
  triage: { source: 'TriageQueue', deadLetter: 'TriageTriageDlq' },
  notices: { source: 'NoticesQueue', deadLetter: 'NoticesNoticesDlq' },
  calls: { source: 'CallFilesQueue', deadLetter: 'CallFilesCallFilesDlq' },
  evidence: { source: 'EvidenceFilesQueue', deadLetter: 'EvidenceFilesEvidenceFilesDlq' },
  'informer-notices': {
    source: 'InformerNoticesQueue',
    deadLetter: 'InformerNoticesInformerNoticesDlq',
  },
  texts: { source: 'TextsQueue', deadLetter: 'TextsTextsDlq' },
  'aws-sms': { source: 'AwsSmsQueue', deadLetter: 'AwsSmsAwsSmsDlq' },
  replies: { source: 'RepliesQueue', deadLetter: 'RepliesRepliesDlq' },
  reports: { source: 'ReportsQueue', deadLetter: 'ReportsReportsDlq' },
  'public-cases': { source: 'PublicCasesQueue', deadLetter: 'PublicCasesPublicCasesDlq' },
};
