import type * as z from 'zod';
import type { proposalDecision, proposalListQuery, rulesUndo } from '../../events/rules.ts';
import { RETURN_REASONS } from '../../shared/case/grounds.ts';
import { shanghaiDate } from '../../shared/dates.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { Answer } from '../../shared/http/stack.ts';
import { byCode, type Registry } from '../../shared/jurisdiction/registry.ts';
import { STANDINGS } from '../../shared/jurisdiction/review-rules.ts';
import { PRECISIONS } from '../../shared/jurisdiction/routing-rule.ts';
import {
  accept,
  decline,
  isOpen,
  PROPOSAL_KINDS,
  PROPOSAL_STATES,
  type RuleProposal,
  rulesOfChange,
  takeBack,
} from '../../shared/jurisdiction/rule-proposal.ts';
import { mayOnRules } from '../../shared/people/access.ts';
import type { Staff } from '../../shared/people/roles.ts';
import type { RegisterState } from '../../shared/store/rule-store.ts';
import type { DeskDependencies } from './desk.ts';

/** Proposed changes of rules in one state, those with the most returns and cases first. */
export async function listProposals(
  { state }: z.output<typeof proposalListQuery>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const registry = await deps.registry.read();
  if (!mayOnRules('see', staff, registry.bureau)) throw new Problem('forbidden');
  const found = (await deps.rules.proposals()).filter((one) => one.state === state);
  const register = await deps.rules.register();
  const weight = ({ evidence }: RuleProposal) => evidence.returns * 1000 + evidence.here + evidence.elsewhere;
  return {
    status: 200,
    body: {
      register: registerView(register),
      mayUndo: register.before !== undefined && mayOnRules('undo', staff, registry.bureau),
      proposals: found
        .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1))
        .map((one) => proposalView(one, staff, registry)),
    },
  };
}

/** Accepts a proposal, in force from a day on as a new version of the register; or declines it with the reason. */
export async function decideProposal(
  id: string,
  sent: z.output<typeof proposalDecision>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const registry = await deps.registry.read();
  if (!mayOnRules(sent.decision, staff, registry.bureau)) throw new Problem('forbidden');
  const found = (await deps.rules.proposals()).find((one) => one.id === id);
  if (found === undefined) throw new Problem('not-found');
  if (found.version !== sent.version || !isOpen(found)) throw moved('/version');
  const by = { by: staff.id, at: deps.now().toISOString() };
  const after =
    sent.decision === 'decline'
      ? await declined(found, { ...by, reason: sent.reason }, deps)
      : await accepted(found, sent, by, registry, deps);
  deps.log('rule-proposal-decided', { staff: staff.id, proposal: id, decision: sent.decision });
  return { status: 200, body: proposalView(after, staff, registry) };
}

async function declined(
  found: RuleProposal,
  decision: Parameters<typeof decline>[1],
  deps: DeskDependencies,
): Promise<RuleProposal> {
  const after = decline(found, decision);
  if ((await deps.rules.decide(after)) === 'conflict') throw moved('/version');
  return after;
}

async function accepted(
  found: RuleProposal,
  sent: Extract<z.output<typeof proposalDecision>, { decision: 'accept' }>,
  by: { by: string; at: string },
  registry: Registry,
  deps: DeskDependencies,
): Promise<RuleProposal> {
  const today = shanghaiDate(deps.now());
  const from = sent.from ?? today;
  if (from < today) throw tooEarly();
  const { next } = await deps.rules.register();
  if (next !== undefined) throw waits(next.from);
  // What the person looked at, what is in force and what this function knows must be one and the same.
  if (registry.version !== sent.register) throw moved('/register');
  const after = accept(found, { ...by, from, register: sent.register + 1 });
  const rules = rulesOfChange(found, registry, from);
  if ((await deps.rules.publish(after, rules, sent.register)) === 'conflict') throw moved('/register');
  return after;
}

/** Back to the register before this one, as a new version; what was accepted in between is marked as taken back. */
export async function undoRules(
  { register: seen }: z.output<typeof rulesUndo>,
  staff: Staff,
  deps: DeskDependencies,
): Promise<Answer> {
  const { bureau } = await deps.registry.read();
  if (!mayOnRules('undo', staff, bureau)) throw new Problem('forbidden');
  const { next, before } = await deps.rules.register();
  if (next !== undefined) throw waits(next.from);
  if (before === undefined) throw nothingBefore();
  const by = { by: staff.id, at: deps.now().toISOString(), register: seen + 1 };
  const taken = (await deps.rules.proposals()).filter(
    ({ state, decided }) => state === 'accepted' && decided?.register === seen,
  );
  const after = taken.map((one) => takeBack(one, by));
  if ((await deps.rules.back(after, seen)) === 'conflict') throw moved('/register');
  deps.log('rules-undone', { staff: staff.id, register: seen });
  return {
    status: 200,
    body: {
      register: registerView({ version: seen + 1, before: seen }),
      takenBack: after.map(({ id }) => id),
    },
  };
}

const conflict = (field: string, zh: string, en: string) => new Problem('conflict', [{ field, zh, en }]);
const moved = (field: string) =>
  conflict(
    field,
    '其间已有变动，请重新查看；刚改过的登记资料一分钟内生效',
    'It has changed meanwhile: please look again; a register that was just changed is in effect within a minute',
  );
const waits = (from: string) =>
  conflict(
    '/register',
    `已有一版登记资料等到 ${from} 生效，请先撤回或者等它生效`,
    `A version of the register waits for ${from}: withdraw it first, or wait for it`,
  );
const nothingBefore = () =>
  conflict('/register', '没有上一版可退', 'There is no version before to go back to');
const tooEarly = () =>
  new Problem('bad-request', [
    { field: '/from', zh: '生效日不能早于今天', en: 'The first day must be today or later' },
  ]);

const registerView = ({ version, before, next }: RegisterState) => ({
  version,
  before: before ?? null,
  next: next ?? null,
});

function proposalView(found: RuleProposal, staff: Staff, { units, bureau }: Registry) {
  const names = byCode(units);
  const unitOf = (code: string) => ({ code, name: names.get(code)?.name ?? code });
  const goalOf = (code: string | undefined) => (code === undefined ? null : unitOf(code));
  const { kind, state, standing, rules, evidence, trial, decided } = found;
  return {
    ...found,
    kind: { code: kind, ...PROPOSAL_KINDS[kind] },
    state: { code: state, ...PROPOSAL_STATES[state] },
    standing: standing === undefined ? null : { code: standing, ...STANDINGS[standing] },
    rules: rules.map(({ precision, unit, ...rule }) => ({
      ...rule,
      precision: { code: precision, ...PRECISIONS[precision] },
      unit: unitOf(unit),
    })),
    evidence: {
      ...evidence,
      reasons: Object.entries(evidence.reasons).map(([code, returns]) => ({
        ...reasonOf(code),
        code,
        returns,
      })),
      units: evidence.units.map(({ unit, cases }) => ({ ...unitOf(unit), cases })),
    },
    trial: {
      ...trial,
      ways: trial.ways.map(({ from, to, cases }) => ({ from: goalOf(from), to: goalOf(to), cases })),
    },
    decided: decided ?? null,
    actions: (['accept', 'decline'] as const).filter(
      (action) => isOpen(found) && mayOnRules(action, staff, bureau),
    ),
  };
}

function reasonOf(code: string): { zh: string; en: string } {
  const known: Readonly<Record<string, { zh: string; en: string }>> = RETURN_REASONS;
  const { zh, en } = known[code] ?? { zh: code, en: code };
  return { zh, en };
}
