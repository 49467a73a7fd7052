/** Reasons for which a person's data may be looked at; each reading is kept with its reason. */
export const READ_REASONS = {
  handling: { zh: '办理本案', en: 'Handling the case' },
  telling: { zh: '告知、回访', en: 'Telling or calling back' },
  identity: { zh: '核验身份', en: 'Checking the identity' },
  review: { zh: '审核、督办', en: 'Review or supervision' },
} as const;
