import { person } from '../../../events/submission.ts';
import type { Person } from '../../../shared/case/case.ts';
import { WrongUsage } from '../command-line.ts';

const FIELDS = ['name', 'phone', 'address', 'email'] as const;
const corrections = person.pick({ name: true, phone: true, address: true, email: true }).partial();

/**
 * Reads `name=某甲,address=测试路1号, 2室`: a comma inside a value is not taken for the next field.
 * @throws WrongUsage that names the field, not what was given for it
 */
export function readCorrections(given: string): Partial<Person> {
  const parts = given.split(new RegExp(`,\\s*(?=(?:${FIELDS.join('|')})=)`));
  const entries = parts.map((part) => {
    const [, field = '', value = ''] = /^(\w+)=(.*)$/s.exec(part.trim()) ?? [];
    return [field, value.trim()] as const;
  });
  const unknown = entries.some(([field, value]) => value === '' || !FIELDS.some((known) => known === field));
  if (unknown) {
    throw new WrongUsage(
      `--correct 应写作 name=…,phone=…,address=…,email=…（一项或者几项） / --correct takes one or several of them`,
    );
  }
  const parsed = corrections.safeParse(Object.fromEntries(entries));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new WrongUsage(`--correct ${problems.join('; ')}`);
}
