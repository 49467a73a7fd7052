declare module 'sax' {
  /** The part of sax that is used here; handlers are set as properties. */
  interface Parser {
    write(text: string): Parser;
    close(): Parser;
  }
  export function parser(strict: boolean, options?: object): Parser;
}
