import { runCommand, WrongUsage } from './command-line.ts';
import { checkPosition, ENDPOINTS_OPTION, findLocalSystem, tokenFor, unitsOf } from './connection.ts';

await runCommand(
  {
    usage: 'npm run --silent token -- --role officer --unit 33020301',
    zh: '打印一个访问工作台接口的令牌（仅限本机系统）。',
    en: 'Prints a bearer token for the desk API of the system that runs on this machine, and nothing else.',
    positionals: 0,
    options: {
      role: { type: 'string', value: 'ROLE', zh: '角色', en: 'officer, dispatcher or manager' },
      unit: { type: 'string', value: 'CODE', zh: '单位代码', en: 'code of the unit' },
      name: { type: 'string', value: 'NAME', zh: '姓名', en: 'name shown at the desk' },
      endpoints: ENDPOINTS_OPTION,
    },
  },
  async ({ role, unit, name, endpoints }) => {
    if (role === undefined || unit === undefined) {
      throw new WrongUsage(
        '请给出 --role 和 --unit / Give --role and --unit, e.g. --role officer --unit 33020301',
      );
    }
    const system = findLocalSystem(endpoints);
    const checked = checkPosition(role, unit, await unitsOf(system));
    process.stdout.write(`${await tokenFor(system, { role: checked, unit, name })}\n`);
    return 0;
  },
);
