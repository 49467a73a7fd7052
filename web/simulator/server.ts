/** One line of a conversation. */
export interface Line {
  at: string;
  by: 'phone' | 'hotline';
  text: string;
}

/** A call in a file that was delivered, and what became of it. */
interface DeliveredCall {
  phone: string | null;
  outcome: { number: string; report: boolean } | { reason: string } | null;
}

interface Answers {
  phones: { phones: { phone: string; last?: Line }[] };
  conversation: { phone: string; lines: Line[] };
  texts: { phone: string; taken: boolean };
  transcripts: { transcripts: { name: string; content: string }[] };
  calls: { calls: { id: string; name: string; at: string; calls: DeliveredCall[] }[] };
}

export type Delivered = Answers['calls']['calls'][number];

/** The simulator said no, and why, in both languages. */
export class Refused extends Error {
  override name = 'Refused';
  readonly said: { zh: string; en: string };
  constructor(said: { zh: string; en: string }) {
    super(said.en);
    this.said = said;
  }
}

/** Asks the simulator of this machine; it is no part of the API, and in no document of it. */
export async function ask<Name extends keyof Answers>(
  name: Name,
  { query = {}, body }: { query?: Record<string, string>; body?: object } = {},
): Promise<Answers[Name]> {
  const response = await fetch(`/simulator/api/${name}?${new URLSearchParams(query)}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Answers[Name] & { title?: string; errors?: Refused['said'][] };
  if (response.ok) return answer;
  const [zh = '', en = zh] = (answer.title ?? '').split(' / ');
  throw new Refused(answer.errors?.[0] ?? { zh, en });
}
