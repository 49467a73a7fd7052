/** Parameters of the stacks on this machine; the issuer is the local one, its address known only at start. */
export const LOCAL_PARAMETERS = {
  OidcAudience: 'hotline-desk',
  OidcClientId: 'hotline-desk',
  AlarmEmail: 'alarms@example.org',
  // Both channels are open here: what is sent lands in outbox.jsonl.
  SmsOriginationIdentity: 'arn:aws:sms-voice:us-east-1:000000000000:sender-id/12315/CN',
  EmailFrom: 'hotline@example.org',
  SmsPriceMilliFen: '4500',
  // What `npm run send` signs its examples with.
  AliyunSmsTokens: 'local-aliyun-token',
  HuaweiSmsKeys: 'local-key:local-huawei-secret',
  TwilioAuthTokens: 'local-twilio-token',
  // No secret: it signs links on this machine only.
  PartnerLinkKeys: 'links-of-this-machine-open-nothing-elsewhere',
} as const;
