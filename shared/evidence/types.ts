const MB = 1024 * 1024;
const PHOTO = { zh: '照片', en: 'Photo', mostBytes: 20 * MB } as const;
const DOCUMENT = { zh: '文件', en: 'Document', mostBytes: 20 * MB } as const;
const SOUND = { zh: '录音', en: 'Sound', mostBytes: 50 * MB } as const;
const FILM = { zh: '视频', en: 'Film', mostBytes: 200 * MB } as const;

/**
 * What may be sent in as evidence: pictures, films and sounds as phones make them, and documents as PDF. The first ending
 * is the one a file is given when it is handed out. Also read by the pages.
 */
export const EVIDENCE_TYPES = {
  'image/jpeg': { ...PHOTO, endings: ['jpg', 'jpeg'], aliases: ['image/jpg', 'image/pjpeg'] },
  'image/png': { ...PHOTO, endings: ['png'], aliases: [] },
  'image/webp': { ...PHOTO, endings: ['webp'], aliases: [] },
  'image/heic': { ...PHOTO, endings: ['heic', 'heif'], aliases: ['image/heif'] },
  'application/pdf': { ...DOCUMENT, endings: ['pdf'], aliases: [] },
  'video/mp4': { ...FILM, endings: ['mp4', 'm4v'], aliases: ['video/x-m4v'] },
  'video/quicktime': { ...FILM, endings: ['mov', 'qt'], aliases: [] },
  'audio/mpeg': { ...SOUND, endings: ['mp3'], aliases: ['audio/mp3'] },
  'audio/mp4': { ...SOUND, endings: ['m4a'], aliases: ['audio/x-m4a', 'audio/m4a'] },
  'audio/amr': { ...SOUND, endings: ['amr'], aliases: ['audio/amr-wb'] },
  'audio/wav': { ...SOUND, endings: ['wav'], aliases: ['audio/x-wav', 'audio/wave', 'audio/vnd.wave'] },
} as const satisfies Record<
  string,
  { zh: string; en: string; mostBytes: number; endings: readonly string[]; aliases: readonly string[] }
>;
export type EvidenceType = keyof typeof EVIDENCE_TYPES;

/** So many files go with one case. */
export const MOST_FILES = 20;

/**
 * The type of a file as a browser knows it: by what the system calls it, or by the ending of its name where the system
 * has no word for it (HEIC, AMR). Undefined for what is not taken.
 */
export function evidenceTypeOf(type: string, name: string): EvidenceType | undefined {
  const called = type.toLowerCase();
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  const all = Object.entries(EVIDENCE_TYPES) as [
    EvidenceType,
    { endings: readonly string[]; aliases: readonly string[] },
  ][];
  const byType = all.find(([one, { aliases }]) => one === called || aliases.includes(called));
  return (byType ?? all.find(([, { endings }]) => endings.includes(ending)))?.[0];
}
