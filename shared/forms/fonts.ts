/** Which characters the fonts have, and which font draws which part of a text. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { type FilledForm, MISSING_CHARACTER, paragraphsOf } from './fill-form.ts';
import { FONT_FILES } from './font-files.ts';

/** The bytes of the font files, in their order. */
export type Fonts = readonly Uint8Array[];

/** Reads the fonts, 24 MB; once, when a sandbox starts. */
export function loadFonts(): Fonts {
  const { resolve } = createRequire(import.meta.url);
  return FONT_FILES.map((file) => readFileSync(resolve(file)));
}

/**
 * Characters of the form that the PDF cannot show and prints as 〓: those no font has, and those no document can
 * hold. For an officer to see before signing: the DOCX keeps the former.
 */
export function unrenderable(form: FilledForm, fonts: Fonts): string[] {
  const stretches = paragraphsOf(form).flatMap(({ runs }) =>
    splitByFont(runs.map(({ text }) => text).join(''), fonts),
  );
  return [...new Set([...form.rejected, ...stretches.flatMap(({ missing }) => missing)])];
}

export interface Stretch {
  text: string;
  /** Index into the fonts. */
  font: number;
  missing: string[];
}

// Joiners and variation selectors have no form of their own.
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u;

/** Divides a text into stretches of one font each, with 〓 for what no font has. */
export function splitByFont(text: string, fonts: Fonts): Stretch[] {
  const stretches: Stretch[] = [];
  const parsed = fonts.map(parse);
  for (const character of text) {
    const has = (font: Font) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
    const found = parsed.findIndex(has);
    if (found < 0 && INVISIBLE.test(character)) continue;
    const font = Math.max(found, 0);
    let last = stretches.at(-1);
    if (last?.font !== font) {
      last = { text: '', font, missing: [] };
      stretches.push(last);
    }
    last.text += found < 0 ? MISSING_CHARACTER : character;
    if (found < 0) last.missing.push(character);
  }
  return stretches;
}

/** The name by which a font calls itself. */
export const postscriptName = (bytes: Uint8Array): string => parse(bytes).postscriptName;

const parsedFonts = new WeakMap<Uint8Array, Font>();

function parse(bytes: Uint8Array): Font {
  const known = parsedFonts.get(bytes);
  if (known !== undefined) return known;
  const font = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!('hasGlyphForCodePoint' in font)) throw new TypeError('A font collection is not one font');
  parsedFonts.set(bytes, font);
  return font;
}
