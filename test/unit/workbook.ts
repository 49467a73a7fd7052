import { strToU8, zipSync } from 'fflate';

/** A cell of a test workbook: a text, a number as it stands in the file, or a number with a style. */
export type TestCell = string | { v: string; s?: number };

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const column = (index: number) => String.fromCharCode(65 + index);

/**
 * An XLSX file as spreadsheets write it: shared strings, style 1 shows a day, 2 a day in a format of one's own, 3 money.
 * @param more parts that replace or join the usual ones
 */
export function workbook(
  sheets: Readonly<Record<string, readonly (readonly TestCell[])[]>>,
  more: Readonly<Record<string, string | Uint8Array>> = {},
): Uint8Array {
  const strings: string[] = [];
  const cellXml = (cell: TestCell, place: string) => {
    if (typeof cell !== 'string') return `<c r="${place}" s="${cell.s ?? 0}"><v>${cell.v}</v></c>`;
    if (cell === '') return '';
    // Every other text as an inline string: programs write them, spreadsheets share them.
    if (cell.length % 2 === 1) return `<c r="${place}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
    strings.push(cell);
    return `<c r="${place}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const parts: Record<string, string | Uint8Array> = {};
  for (const [index, rows] of Object.values(sheets).entries()) {
    const lines = rows.map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((cell, at) => cellXml(cell, `${column(at)}${row + 1}`)).join('')}</row>`,
    );
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      `<worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`;
  }
  const names = Object.keys(sheets);
  const all: Record<string, string | Uint8Array> = {
    'xl/workbook.xml': `<workbook xmlns:r="r"><workbookPr/><sheets>${names.map((name, index) => `<sheet name="${name}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names.map((_, index) => `<Relationship Id="rId${index + 1}" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="4"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si><r><t>${escaped(text.slice(0, 1))}</t></r><r><t>${escaped(text.slice(1))}</t></r><rPh><t>拼音</t></rPh></si>`).join('')}</sst>`,
    ...parts,
    ...more,
  };
  return zipSync(
    Object.fromEntries(
      Object.entries(all).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
    ),
  );
}
