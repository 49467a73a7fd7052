import { strToU8, zipSync } from 'fflate';

/** A sheet to write: its first row is the header. */
export interface SheetRows {
  name: string;
  rows: readonly (readonly (string | number)[])[];
  /** Of columns, in characters; 20 where nothing is said. */
  widths?: readonly number[];
  /** Of a column, by its place, what a cell is chosen from. */
  choices?: ReadonlyMap<number, readonly string[]>;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OF_SHEETS = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** Style 1 is text, so that no code becomes a number while it is edited; 2 the header. */
const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`;
const LONGEST_LIST = 255;
const LAST_ROW = 1_048_576;

/**
 * An XLSX workbook (ECMA-376): header in bold and fixed, columns of text, lists to choose from; numbers stay numbers.
 * @throws RangeError for a character that XML cannot hold
 */
export function writeXlsx(sheets: readonly SheetRows[]): Uint8Array {
  const numbered = sheets.map((sheet, index) => ({ ...sheet, number: index + 1 }));
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${OF_SHEETS}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${OF_SHEETS}.styles+xml"/>${numbered.map(({ number }) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${OF_SHEETS}.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbered.map(({ name, number }) => `<sheet name="${escaped(name)}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${numbered.map(({ number }) => `<Relationship Id="rId${number}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rIdStyles" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': STYLES,
    ...Object.fromEntries(
      numbered.map((sheet) => [`xl/worksheets/sheet${sheet.number}.xml`, sheetXml(sheet)]),
    ),
  };
  const files = Object.entries(parts).map(([name, xml]) => [name, strToU8(XML + xml)]);
  // The same register gives the same bytes.
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1) });
}

function sheetXml({ rows, choices = new Map(), widths = [] }: SheetRows): string {
  const width = rows[0]?.length ?? 1;
  const columns = Array.from(
    { length: width },
    (_, at) => `<col min="${at + 1}" max="${at + 1}" width="${widths[at] ?? 20}" style="1" customWidth="1"/>`,
  );
  const lines = rows.map((cells, index) => {
    const style = index === 0 ? 2 : 1;
    const written = cells.map((cell, at) =>
      typeof cell === 'number'
        ? `<c r="${letters(at)}${index + 1}"><v>${cell}</v></c>`
        : cell === ''
          ? ''
          : `<c r="${letters(at)}${index + 1}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`,
    );
    return `<row r="${index + 1}">${written.join('')}</row>`;
  });
  const lists = [...choices]
    .filter(([, options]) => options.join(',').length <= LONGEST_LIST)
    .map(
      ([at, options]) =>
        `<dataValidation type="list" allowBlank="1" sqref="${letters(at)}2:${letters(at)}${LAST_ROW}"><formula1>"${escaped(options.join(','))}"</formula1></dataValidation>`,
    );
  const validations =
    lists.length === 0 ? '' : `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`;
  return `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>${lines.join('')}</sheetData>${validations}</worksheet>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
const NOT_XML = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Cs}/u;

function escaped(text: string): string {
  if (NOT_XML.test(text))
    throw new RangeError(`no sheet can hold a control character: ${JSON.stringify(text)}`);
  return text.replace(/[&<>"\r]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** 0 is A, 26 is AA. */
function letters(at: number): string {
  const rest = Math.floor(at / 26);
  return (rest === 0 ? '' : letters(rest - 1)) + String.fromCharCode(65 + (at % 26));
}
