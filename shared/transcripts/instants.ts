const WRITTEN =
  /^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\sT]*(?:(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2}))?(?:[.,](\d{1,3}))?[分秒]?)\s*(Z|[+-]\d{2}:?\d{2})?\s*$/i;

/**
 * A point in time as programs and people write it, ISO 8601 in UTC; without a zone it is Chinese time. Nothing when it
 * is no such time.
 */
export function instantOf(written: string): string | undefined {
  const found = WRITTEN.exec(written);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone = '+08:00'] = found;
  const two = (digits = '') => digits.padStart(2, '0');
  const offset = /^z$/i.test(zone) ? 'Z' : zone.replace(/^(.\d{2})(\d{2})$/, '$1:$2');
  const time = `${two(hour)}:${two(minute)}:${two(second)}.${fraction.padEnd(3, '0')}`;
  const at = new Date(`${year}-${two(month)}-${two(day)}T${time}${offset}`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
