import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as answers from '../../events/administration.ts';
import { deadLetters, healthAnswer, redriven } from '../../events/health.ts';
import { eventually, parsed, type System } from './system.ts';

export const ADMINISTRATOR = 'administrator-330200-1';

/** Puts a message into a queue, as a function would that gave it up. */
export async function putMessage(system: System, queue: string, body: object): Promise<void> {
  const client = new SQSClient({
    endpoint: system.runtime.endpoints.sqs,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const QueueUrl = system.runtime.physicalId(queue);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  client.destroy();
}

/** The administrator looks at everything, and brings back what a queue gave up. */
export async function administered(system: System, number: string): Promise<void> {
  const token = await system.token('administrator', '330200', ADMINISTRATOR);
  await putMessage(system, 'Triage/TriageDlq', { number });
  const health = parsed(healthAnswer, await system.api('GET', '/administrator/health', { token }), 200);
  if (health.proofs.length === 0) throw new Error('no proof of the figures is kept');
  const found = await eventually(async () => {
    const dead = await system.api('GET', '/administrator/queues/triage', { token });
    return parsed(deadLetters, dead, 200).messages.at(0);
  });
  if (found.case !== number) throw new Error(`another case: ${found.case}`);
  const redrive = await system.api('POST', '/administrator/queues/triage/redrive', { token, body: {} });
  if (parsed(redriven, redrive, 200).moved !== 1) throw new Error('nothing was brought back');
  await registerChanged(system, token);
}

const base64 = (document: unknown) => Buffer.from(JSON.stringify(document)).toString('base64');

/** The register is downloaded, changed, checked, taken into force and taken back; so are a setting, a person, a year. */
async function registerChanged(system: System, token: string): Promise<void> {
  const get = async (path: string) => system.api('GET', `/administrator${path}`, { token });
  const post = async (path: string, body: object) =>
    system.api('POST', `/administrator${path}`, { token, body });
  const version = async () => parsed(answers.registerOverview, await get('/register'), 200).register.version;
  const back = async () =>
    parsed(answers.registerChanged, await post('/register/back', { register: await version() }), 200);

  const document = parsed(answers.registerDocument, await get('/register/file?format=json'), 200);
  const file = base64(document);
  parsed(answers.registerChecked, await post('/register/check', { file }), 200);
  const load = { file, register: await version() };
  parsed(answers.registerChanged, await post('/register/load', load), 200);
  await back();
  const later = { file, register: await version(), from: '2099-01-01', force: true };
  parsed(answers.registerChanged, await post('/register/load', later), 200);
  await back();
  parsed(answers.gapsAnswer, await get('/register/gaps'), 200);

  const setting = { register: await version(), name: 'routingThreshold', value: 0.81 };
  parsed(answers.settingsAnswer, await post('/settings', setting), 200);
  await back();
  const user = { id: 'officer-new', name: '示例新人', role: 'officer', unit: '33020301' };
  const kept = { do: 'keep', register: await version(), ...user };
  parsed(answers.usersAnswer, await post('/users', kept), 200);
  const removed = { do: 'remove', register: await version(), id: user.id };
  parsed(answers.usersAnswer, await post('/users', removed), 200);
  const year = {
    year: 2031,
    off: [['2031-01-01', '2031-01-01']],
    worked: [],
    source: 'https://www.gov.cn/zhengce/example.htm',
  };
  parsed(answers.calendarChecked, await post('/calendar', year), 200);
  parsed(answers.calendarAnswer, await get('/calendar'), 200);
  parsed(answers.taxonomiesAnswer, await get('/taxonomies'), 200);
  parsed(answers.notesAnswer, await get('/notes'), 200);
}
