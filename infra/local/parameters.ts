/** Parameters of the stacks on this machine; the issuer is the local one, its address known only at start. */
export const LOCAL_PARAMETERS = {
  OidcAudience: 'hotline-desk',
  OidcClientId: 'hotline-desk',
  AlarmEmail: 'alarms@example.org',
  // Both channels are open here: what is sent lands in outbox.jsonl.
  SmsOriginationIdentity: 'arn:aws:sms-voice:us-east-1:000000000000:sender-id/12315/CN',
  EmailFrom: 'hotline@example.org',
} as const;
