import { ROLES, type Role } from '../../shared/people/roles.ts';
import { base64Url, randomToken } from './random.ts';
import { BEGUN_PREFIX, forget, forgetAll, keep, kept } from './storage.ts';
import type { Pair } from './texts.ts';

/*
 * Sign-in of staff by OpenID Connect: authorization code with PKCE at the issuer of the bureau's choice.
 */

/** A signed-in person and the token that proves it to the API. */
export interface Session {
  token: string;
  /** Kept to sign out at the issuer, too. */
  idToken?: string | undefined;
  expiresAt: number;
  id: string;
  name: string;
  role: Role;
  unit: string;
}

/** Sign-in did not work; the message says what to do. */
export class SignInFailed extends Error {
  override name = 'SignInFailed';
  readonly text: Pair;
  constructor(text: Pair) {
    super(text.en);
    this.text = text;
  }
}

interface Settings {
  issuer: string;
  clientId: string;
}

interface Discovery {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  end_session_endpoint?: string;
}

/** What must be the same when the person comes back from the issuer. */
interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
  /** The case that was open. */
  hash: string;
  /** The page that asked for the sign-in: issuers know one address to come back to, the desk's. */
  page: string;
}

type Claims = Record<string, unknown>;

const SESSION = 'session';
const ATTEMPT = 'sign-in';
const PERSON = 'person';

const FAILURES = {
  insecure: {
    zh: '登录需要 HTTPS 地址，请使用 https:// 开头的网址',
    en: 'Signing in needs HTTPS; please use the https:// address',
  },
  issuer: {
    zh: '连不上统一身份认证，请稍后再试',
    en: 'The sign-in service does not answer; please try again later',
  },
  refused: {
    zh: '统一身份认证没有同意登录，请重新登录',
    en: 'The sign-in service refused; please sign in again',
  },
  stale: { zh: '登录过程已失效，请重新登录', en: 'This sign-in is no longer valid; please sign in again' },
  noRole: {
    zh: '您的账号没有配置角色或者单位，请联系管理员',
    en: 'Your account has no role or unit; please ask your administrator',
  },
} as const satisfies Record<string, Pair>;

/** The session of this tab, if its token is still good. */
export function currentSession(now: number): Session | undefined {
  const session = kept('sessionStorage', SESSION) as Session | undefined;
  return session !== undefined && session.expiresAt > now ? session : undefined;
}

/** Goes to the issuer. What was typed stays in the tab's storage. */
export async function startSignIn(): Promise<void> {
  if (!isSecureContext) throw new SignInFailed(FAILURES.insecure);
  const { clientId, discovery } = await discover();
  const attempt: Attempt = {
    state: randomToken(),
    nonce: randomToken(),
    verifier: randomToken(),
    hash: location.hash,
    page: `${location.pathname}${location.search}`,
  };
  keep('sessionStorage', ATTEMPT, attempt);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(attempt.verifier));
  const address = new URL(discovery.authorization_endpoint);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri(),
    scope: 'openid profile',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: base64Url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  location.assign(address);
}

/** Ends a sign-in if the person just came back from the issuer; returns undefined otherwise. */
export async function finishSignIn(): Promise<Session | undefined> {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('state')) return undefined;
  const attempt = kept('sessionStorage', ATTEMPT) as Attempt | undefined;
  forget('sessionStorage', ATTEMPT);
  // A code works once; it must not be tried again when the page is reloaded.
  history.replaceState(null, '', `${location.pathname}${attempt?.hash ?? ''}`);
  if (attempt === undefined || answer.get('state') !== attempt.state) throw new SignInFailed(FAILURES.stale);
  const code = answer.get('code');
  if (code === null) throw new SignInFailed(FAILURES.refused);

  const { clientId, discovery } = await discover();
  const tokens = await exchange(discovery.token_endpoint, {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri(),
    code,
    code_verifier: attempt.verifier,
  });
  const session = sessionOf(tokens, { attempt, clientId, issuer: discovery.issuer });
  // What somebody else began in this tab is not this person's to see or to finish.
  if (kept('sessionStorage', PERSON) !== session.id) forgetAll('sessionStorage', BEGUN_PREFIX);
  keep('sessionStorage', PERSON, session.id);
  keep('sessionStorage', SESSION, session);
  const wanted = new URL(`${location.origin}${attempt.page}${attempt.hash}`);
  if (wanted.pathname === location.pathname) return session;
  location.replace(wanted);
  // The page that is left has nothing more to show.
  return new Promise(() => undefined);
}

/** Forgets who was here and what they typed, here and at the issuer if it offers that. */
export async function signOut(): Promise<void> {
  const session = kept('sessionStorage', SESSION) as Session | undefined;
  forgetAll('sessionStorage', '');
  location.assign(await farewell(session).catch(() => '/desk'));
}

async function farewell(session: Session | undefined): Promise<string> {
  const { clientId, discovery } = await discover();
  if (discovery.end_session_endpoint === undefined) return '/desk';
  const address = new URL(discovery.end_session_endpoint);
  address.searchParams.set('client_id', clientId);
  address.searchParams.set('post_logout_redirect_uri', redirectUri());
  // Cognito's name for the same.
  address.searchParams.set('logout_uri', redirectUri());
  if (session?.idToken !== undefined) address.searchParams.set('id_token_hint', session.idToken);
  return address.href;
}

export function dropSession(): void {
  forget('sessionStorage', SESSION);
}

function redirectUri(): string {
  return `${location.origin}/desk`;
}

async function discover(): Promise<{ clientId: string; discovery: Discovery }> {
  const { issuer, clientId } = await readJson<Settings>('/settings.json');
  const discovery = await readJson<Discovery>(
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  );
  return { clientId, discovery };
}

async function exchange(
  endpoint: string,
  form: Record<string, string>,
): Promise<{ id_token?: string; access_token?: string }> {
  return readJson(endpoint, { method: 'POST', body: new URLSearchParams(form) });
}

async function readJson<Answer>(address: string, request?: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(address, request);
  } catch {
    throw new SignInFailed(FAILURES.issuer);
  }
  if (!response.ok) throw new SignInFailed(response.status < 500 ? FAILURES.refused : FAILURES.issuer);
  return (await response.json()) as Answer;
}

/**
 * The session of the token that bears role and unit. Cognito puts custom attributes into the ID token only;
 * other issuers put roles into the access token. Signatures are checked by API Gateway, not here: a forged
 * token would open an empty desk.
 */
function sessionOf(
  tokens: { id_token?: string; access_token?: string },
  { attempt, clientId, issuer }: { attempt: Attempt; clientId: string; issuer: string },
): Session {
  const identity = claimsOf(tokens.id_token);
  if (identity !== undefined) {
    const forUs = [identity.aud].flat().includes(clientId) && identity.iss === issuer;
    if (!forUs || identity.nonce !== attempt.nonce) throw new SignInFailed(FAILURES.stale);
  }
  for (const token of [tokens.id_token, tokens.access_token]) {
    const claims = claimsOf(token);
    const role = claims?.role ?? claims?.['custom:role'];
    const unit = claims?.unit ?? claims?.['custom:unit'];
    if (token === undefined || claims === undefined || !isRole(role) || typeof unit !== 'string') continue;
    const { name, preferred_username: username, sub } = { ...claims, ...identity };
    return {
      token,
      idToken: tokens.id_token,
      expiresAt: Number(claims.exp) * 1000,
      id: String(sub),
      name: String(name ?? username ?? sub),
      role,
      unit,
    };
  }
  throw new SignInFailed(FAILURES.noRole);
}

function isRole(role: unknown): role is Role {
  return typeof role === 'string' && Object.keys(ROLES).includes(role);
}

/** What a token says; undefined for one that is not a JWT. */
function claimsOf(token: string | undefined): Claims | undefined {
  try {
    const part = (token ?? '').split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
  } catch {
    return undefined;
  }
}
