/** The formats of GeoReport v2, with the content types it prescribes. */
export const CONTENT_TYPES = {
  xml: 'text/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;

export type Format = keyof typeof CONTENT_TYPES;

/** What can be written in both formats. */
export type Written =
  | string
  | number
  | boolean
  | null
  | readonly Written[]
  | { readonly [name: string]: Written };

/** What one entry of a list is called in XML; in JSON it has no name (Spark convention). */
const ENTRIES: Readonly<Record<string, string>> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  errors: 'error',
  notes: 'note',
  comments: 'comment',
  endpoints: 'endpoint',
  formats: 'format',
};

/**
 * Writes one document. JSON follows from the XML by the Spark convention: a list is an array without names, an empty
 * element is null, the root's name is left out.
 * @param root name of the root element
 * @see http://wiki.open311.org/JSON_and_XML_Conversion/#the-spark-convention
 */
export function write(root: string, value: Written, format: Format): string {
  return format === 'xml'
    ? `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}\n`
    : JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part));
}

function element(name: string, value: Written): string {
  const content = contentOf(name, value);
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

function contentOf(name: string, value: Written): string {
  if (value === null) return '';
  if (isList(value)) return value.map((entry) => element(ENTRIES[name] ?? 'entry', entry)).join('');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([child, part]) => element(child, part))
      .join('');
  }
  return escapeXml(String(value));
}

const isList = (value: Written): value is readonly Written[] => Array.isArray(value);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

// What no XML 1.0 document may hold, not even as a reference (XML 1.0, production 2); surrogates are mended before.
const FORBIDDEN = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/gu;
// A parser would turn a bare carriage return into a line feed; the others are discouraged or upset old parsers.
const BY_NUMBER = /[\r\u007f-\u009f\u2028\u2029]/g;

/** Text as the content of an element: all that means something to XML is escaped, what XML forbids becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)
    .replace(BY_NUMBER, (mark) => `&#${mark.charCodeAt(0)};`);
}
