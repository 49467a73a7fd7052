import type { Colleague, StaffList } from '../api/answers.ts';
import type { Ask } from '../api/call.ts';
import { element } from '../components/dom.ts';
import { chinese } from '../components/page.ts';
import type { Session } from '../components/sign-in.ts';
import { say } from '../components/texts.ts';
import { DESK } from './desk.texts.ts';

/** Who works here, by name: officers stand in cases by the ids of their accounts. */
export interface Colleagues {
  /** The name to show for an id; the id where nobody knows it. */
  who: (id: string) => HTMLElement;
  /** Several, with a comma between them. */
  whoAll: (ids: readonly string[]) => HTMLElement;
  /** The bare name, for a sentence in Chinese or a label. */
  name: (id: string) => string;
  /** A text of the service in which people stand by their ids. */
  named: (text: string) => string;
  /** All of these units. */
  of: (units: readonly string[]) => Colleague[];
  everybody: () => readonly Colleague[];
}

/** Without the register the desk works with ids, as it is better than nothing. */
export async function readColleagues(session: Session, ask: Ask): Promise<Colleagues> {
  const { staff } = await ask('GET /desk/staff').catch(() => ({ staff: [] as StaffList['staff'] }));
  const byId = new Map(staff.map((one) => [one.id, one]));
  const name = (id: string) => byId.get(id)?.name ?? id;
  const who = (id: string) =>
    element(
      'span',
      { class: 'colleague', title: id },
      byId.has(id) ? chinese(name(id)) : id,
      id === session.id && say(DESK.me),
    );
  return {
    who,
    whoAll: (ids) =>
      element(
        'span',
        {},
        ...ids.flatMap((id, index) => (index === 0 ? [who(id)] : [say(DESK.and), who(id)])),
      ),
    name,
    named: (text) => staff.reduce((named, one) => named.replaceAll(one.id, one.name), text),
    of: (units) => staff.filter(({ unit }) => units.includes(unit)),
    everybody: () => staff,
  };
}
