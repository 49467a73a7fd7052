/**
 * The fonts of the PDF documents, as files of packages. All are under the SIL Open Font License 1.1: it allows to embed
 * them in documents, and asks that the licence goes with the files. A function that draws forms has them beside its
 * bundle (infra/constructs/bundle.ts).
 */

/** A character is taken from the first font that has it. */
export const FONT_FILES = [
  // 30,928 characters: all of 通用规范汉字表, and nearly every other one that a name may hold.
  '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  // 𠮷 and some 300 more beyond the basic plane.
  '@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf',
  // ☑
  '@expo-google-fonts/noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf',
] as const;

/** The licences of the fonts. */
export const FONT_LICENCES = [
  '@expo-google-fonts/noto-serif-sc/LICENSE_FONT',
  '@expo-google-fonts/noto-serif-jp/LICENSE_FONT',
  '@expo-google-fonts/noto-sans-symbols-2/LICENSE_FONT',
] as const;
