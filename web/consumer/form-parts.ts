import { shanghaiDate } from '../../shared/dates.ts';
import { element } from '../components/dom.ts';
import { choices, field, tick } from '../components/form.ts';
import { type Pair, say } from '../components/texts.ts';
import { FILE } from './file.texts.ts';
import type { FiledKind } from './message-of-form.ts';

/*
 * The fields of the form, by the step on which they are asked for.
 */

/** A part of the form that only these kinds of message have. */
export function only(kinds: readonly FiledKind[], part: HTMLElement): HTMLElement {
  part.dataset.only = kinds.join(' ');
  return part;
}

function input(id: string, attributes: Record<string, string | number>): HTMLInputElement {
  return element('input', { id, name: id, type: 'text', autocomplete: 'off', ...attributes });
}

function textarea(id: string, rows: number, maxlength: number): HTMLTextAreaElement {
  return element('textarea', { id, name: id, rows, maxlength, autocomplete: 'off' });
}

/** What it is about: in the person's own words. */
export function tellFields(useExample: (text: string) => void): HTMLElement[] {
  return [
    choices(
      'kind',
      FILE.kind,
      [
        { value: 'complaint', text: say(FILE.kindComplaint), small: say(FILE.kindComplaintHint) },
        { value: 'report', text: say(FILE.kindReport), small: say(FILE.kindReportHint) },
        { value: 'inquiry', text: say(FILE.kindInquiry), small: say(FILE.kindInquiryHint) },
      ],
      'complaint',
    ),
    only(['report'], element('p', { class: 'notice promise' }, say(FILE.promise))),
    field(textarea('text', 7, 10_000), FILE.text, { hint: FILE.textHint, required: true }),
    only(
      ['complaint'],
      element(
        'details',
        { class: 'optional examples' },
        element('summary', {}, say(FILE.examples)),
        ...[FILE.example1, FILE.example2, FILE.example3].map((example) =>
          element(
            'div',
            { class: 'example' },
            element('p', {}, say(example)),
            element(
              'button',
              { type: 'button', class: 'plain', onclick: () => useExample(say(example)) },
              say(FILE.exampleUse),
            ),
          ),
        ),
      ),
    ),
    only(
      ['complaint'],
      element(
        'div',
        {},
        tick('also-report', FILE.alsoReport, FILE.alsoReportHint),
        element(
          'div',
          { id: 'report-part', hidden: true },
          element('p', { class: 'notice promise' }, say(FILE.promise)),
          field(textarea('report-text', 4, 10_000), FILE.reportText, {
            hint: FILE.reportTextHint,
            required: true,
          }),
          tick('report-anonymous', FILE.alsoAnonymous),
        ),
      ),
    ),
  ];
}

/** What the words should say; read out of them, asked one by one, or filled in. */
export function factFields(): { field: HTMLElement; label: Pair; only: string }[] {
  const amount = { inputmode: 'decimal', maxlength: 20 };
  const both = 'complaint report';
  return [
    {
      field: field(input('business-name', { maxlength: 120 }), FILE.businessName, { hint: FILE.nameHint }),
      label: FILE.rowName,
      only: both,
    },
    {
      field: field(input('business-address', { maxlength: 200 }), FILE.businessAddress, {
        hint: FILE.businessAddressHint,
      }),
      label: FILE.rowAddress,
      only: both,
    },
    {
      field: field(input('paid', amount), FILE.paid, { hint: FILE.amountHint }),
      label: FILE.rowPaid,
      only: 'complaint',
    },
    {
      field: field(input('claimed', amount), FILE.claimed, { hint: FILE.amountHint }),
      label: FILE.rowClaimed,
      only: 'complaint',
    },
    {
      field: field(
        input('occurred-on', { type: 'date', min: '1990-01-01', max: shanghaiDate(new Date()) }),
        FILE.occurredOn,
      ),
      label: FILE.rowDate,
      only: both,
    },
    {
      field: field(textarea('request', 2, 1_000), FILE.request, { hint: FILE.requestHint }),
      label: FILE.rowRequest,
      only: 'complaint',
    },
  ];
}

/** Who tells it, and who stands beside him. */
export function personFields(
  draft: Record<string, string> | undefined,
  code: HTMLElement,
  joint: HTMLElement,
): HTMLElement[] {
  return [
    only(['report'], element('p', { class: 'notice promise' }, say(FILE.promise))),
    only(['report'], tick('anonymous', FILE.anonymous, FILE.anonymousHint)),
    element(
      'div',
      { id: 'person-part' },
      only(['complaint', 'inquiry'], element('p', { class: 'hint' }, say(FILE.youHint))),
      field(input('name', { autocomplete: 'name', maxlength: 60 }), FILE.name, { required: true }),
      field(input('phone', { type: 'tel', autocomplete: 'tel', maxlength: 30 }), FILE.phone, {
        hint: FILE.phoneHint,
        required: true,
      }),
      code,
      only(['complaint', 'inquiry'], tick('sms', FILE.sms, FILE.smsHint)),
      element(
        'details',
        { class: 'optional', open: draft?.address || draft?.email ? true : undefined },
        element('summary', {}, say(FILE.moreContact)),
        field(input('address', { autocomplete: 'street-address', maxlength: 200 }), FILE.address),
        field(input('email', { type: 'email', autocomplete: 'email', maxlength: 120 }), FILE.email, {
          hint: FILE.emailHint,
        }),
      ),
      only(['complaint'], joint),
      only(['complaint'], agentFields(draft)),
    ),
  ];
}

function agentFields(draft: Record<string, string> | undefined): HTMLElement {
  return element(
    'details',
    { class: 'optional', id: 'agent', open: draft?.['agent-name'] ? true : undefined },
    element('summary', {}, say(FILE.agent)),
    element('p', { class: 'hint' }, say(FILE.agentHint)),
    field(input('agent-name', { maxlength: 60 }), FILE.agentName, { required: true }),
    field(input('agent-phone', { type: 'tel', maxlength: 30 }), FILE.agentPhone, { required: true }),
    choices(
      'agent-powers',
      FILE.agentPowers,
      [
        { value: 'general', text: say(FILE.agentGeneral), small: say(FILE.agentGeneralHint) },
        { value: 'special', text: say(FILE.agentSpecial), small: say(FILE.agentSpecialHint) },
      ],
      'general',
    ),
    field(input('agent-until', { type: 'date' }), FILE.agentUntil),
  );
}

/** What a complainant may agree to; nothing is ticked for him. */
export function consentFields(): HTMLElement {
  return only(
    ['complaint'],
    element(
      'fieldset',
      { class: 'group' },
      element('legend', {}, say(FILE.agree)),
      tick('agree-publish', FILE.agreePublish, FILE.agreePublishHint),
      tick('agree-entrust', FILE.agreeEntrust, FILE.agreeEntrustHint),
    ),
  );
}
