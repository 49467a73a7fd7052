import 'pdfmake';

declare module 'pdfmake' {
  /** Missing in @types/pdfmake: files that a document may name, held in memory. */
  export const virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
}
