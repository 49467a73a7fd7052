/** Parameters of the stacks on this machine; the issuer is the local one, its address known only at start. */
export const LOCAL_PARAMETERS = {
  OidcAudience: 'hotline-desk',
  OidcClientId: 'hotline-desk',
  AlarmEmail: 'alarms@example.org',
} as const;
