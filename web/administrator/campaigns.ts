import { shanghaiDate } from '../../shared/dates.ts';
import type { Campaign } from '../../shared/statistics/campaign.ts';
import { PROBLEM_NAMES, SUBJECT_NAMES } from '../../shared/understanding/names.ts';
import { element } from '../components/dom.ts';
import { field } from '../components/form.ts';
import { longDate } from '../components/format.ts';
import { chinese } from '../components/page.ts';
import { askOnce } from '../components/sure.ts';
import { type Pair, say } from '../components/texts.ts';
import { ADMINISTRATOR } from './administrator.texts.ts';
import { changeSetting } from './settings.ts';
import { failed, mayChange, type Signed, table } from './signed.ts';
import { standing } from './standing.ts';

/** Campaigns (专项整治): what they look at and when; added and ended here. */
export async function campaignsView(signed: Signed): Promise<Node[]> {
  const { settings, register } = await signed.ask('GET /administrator/settings');
  const campaigns = (settings.find(({ name }) => name === 'campaigns')?.value ?? []) as Campaign[];
  const put = (value: Campaign[]) =>
    changeSetting({ register: register.version, name: 'campaigns', value }, signed);
  const today = shanghaiDate(new Date());
  const end = (one: Campaign) =>
    put(campaigns.map((other) => (other.id === one.id ? { ...other, to: today } : other)));
  return [
    element('p', { class: 'hint' }, say(ADMINISTRATOR.campaignsHint)),
    standing(register, signed),
    campaigns.length === 0
      ? element('p', {}, say(ADMINISTRATOR.noCampaigns))
      : table(
          ADMINISTRATOR.campaigns,
          [
            [ADMINISTRATOR.campaign, ({ name, id }) => chinese(`${name} (${id})`)],
            [ADMINISTRATOR.firstDay, ({ from }) => longDate(from)],
            [
              ADMINISTRATOR.lastDay,
              (one) =>
                element(
                  'span',
                  {},
                  longDate(one.to),
                  mayChange(signed) &&
                    one.to > today &&
                    one.from <= today &&
                    askOnce(endWords(one), () => end(one)),
                ),
            ],
            [ADMINISTRATOR.about, aboutOf],
          ],
          campaigns,
          ({ id }) => id,
        ),
    ...(mayChange(signed) ? [newCampaign(campaigns, put)] : []),
  ];
}

const endWords = ({ name }: Campaign) => ({
  button: ADMINISTRATOR.endCampaign,
  question: {
    zh: ADMINISTRATOR.endQuestion.zh.replace('{name}', name),
    en: ADMINISTRATOR.endQuestion.en.replace('{name}', name),
  },
  yes: ADMINISTRATOR.endCampaign,
});

function aboutOf({ problems = [], subjects = [], divisions = [] }: Campaign): string {
  const named = (codes: readonly string[], names: Readonly<Record<string, Pair>>) =>
    codes.map((code) => say(names[code] ?? { zh: code, en: code }));
  const all = [...named(problems, PROBLEM_NAMES), ...named(subjects, SUBJECT_NAMES), ...divisions];
  return all.length === 0 ? say(ADMINISTRATOR.allMatters) : all.join(' · ');
}

function newCampaign(campaigns: Campaign[], put: (value: Campaign[]) => Promise<void>): HTMLElement {
  const input = (id: string, type = 'text') => element('input', { id: `campaign-${id}`, type });
  const [id, name, from, to] = [input('id'), input('name'), input('from', 'date'), input('to', 'date')];
  const many = (of: string, names: Readonly<Record<string, Pair>>) =>
    element(
      'select',
      { id: `campaign-${of}`, multiple: true, size: 6 },
      ...Object.entries(names).map(([value, pair]) => element('option', { value }, say(pair))),
    );
  const [problems, subjects] = [many('problems', PROBLEM_NAMES), many('subjects', SUBJECT_NAMES)];
  const chosen = (select: HTMLSelectElement) => [...select.selectedOptions].map(({ value }) => value);
  const said = element('div', {});
  const form = element(
    'form',
    { class: 'card', novalidate: true },
    element('h3', {}, say(ADMINISTRATOR.addCampaign)),
    element(
      'div',
      { class: 'pair' },
      field(name, ADMINISTRATOR.campaign, { mark: false }),
      field(id, ADMINISTRATOR.campaignId, { mark: false }),
      field(from, ADMINISTRATOR.firstDay, { mark: false }),
      field(to, ADMINISTRATOR.lastDay, { mark: false }),
      field(problems, ADMINISTRATOR.problemsOf, { mark: false }),
      field(subjects, ADMINISTRATOR.subjectsOf, { mark: false }),
    ),
    element('button', { type: 'submit', class: 'primary' }, say(ADMINISTRATOR.addCampaign)),
    said,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if ([id, name, from, to].some(({ value }) => value.trim() === '')) {
      said.replaceChildren(
        element('p', { class: 'failure', role: 'alert' }, say(ADMINISTRATOR.needCampaign)),
      );
      return;
    }
    const [ofProblems, ofSubjects] = [chosen(problems), chosen(subjects)];
    const added: Campaign = {
      id: id.value.trim(),
      name: name.value.trim(),
      from: from.value,
      to: to.value,
      ...(ofProblems.length === 0 ? {} : { problems: ofProblems }),
      ...(ofSubjects.length === 0 ? {} : { subjects: ofSubjects }),
    };
    put([...campaigns, added]).catch((error: unknown) => said.replaceChildren(failed(error)));
  });
  return form;
}
