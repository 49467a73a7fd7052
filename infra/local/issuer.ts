import { existsSync, readFileSync } from 'node:fs';
import { OAuth2Server } from 'oauth2-mock-server';
import { ROLES } from '../../shared/people/roles.ts';
import { writeWhole } from './atomic-file.ts';
import { messageOf, StartFailure } from './errors.ts';

const tokenSeconds = 8 * 3600;
/** Where the library itself issues codes; people come to `/authorize` and choose who they are first. */
const issueCodePath = '/authorize/as';

/** Someone who can sign in here. */
export interface LocalUser {
  sub: string;
  name: string;
  role: string;
  unit: string;
}

/** A running issuer. */
export interface Issuer {
  url: string;
  stop(): Promise<void>;
}

/** What the issuer needs to know. */
export interface IssuerOptions {
  port: number;
  /** Keeps the signing key, so that tokens stay good over a restart. */
  keyFile: string;
  audience: string;
  users: LocalUser[];
}

/**
 * Starts the OpenID Connect issuer that stands for the customer's own: authorization code with PKCE for the
 * pages, client credentials (with `role`, `unit`, `name` in the form) for programs.
 */
export async function startIssuer({ port, keyFile, audience, users }: IssuerOptions): Promise<Issuer> {
  const server = new OAuth2Server(undefined, undefined, { endpoints: { authorize: issueCodePath } });
  await useKey(server, keyFile);

  const byName = new Map(users.map((user) => [user.sub, user]));
  /** Authorization code or refresh token → whose it is. */
  const grants = new Map<string, LocalUser>();

  server.service.on('beforeWellKnownOpenIdConfiguration', ({ body }) => {
    body.authorization_endpoint = `${server.issuer.url}/authorize`;
  });

  server.service.addRoute('GET', '/authorize', ({ query, url }, response) => {
    const chosen = byName.get(String(query.login_hint));
    if (!isLocal(query.redirect_uri)) {
      response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('redirect_uri must be an address of this machine.');
    } else if (chosen) {
      response.writeHead(302, { location: `${issueCodePath}?${(url ?? '').split('?')[1]}` }).end();
    } else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      response.end(signInPage(users, new URLSearchParams((url ?? '').split('?')[1])));
    }
  });

  server.service.on('beforeAuthorizeRedirect', ({ url }, request) => {
    const user = byName.get(String(request.query.login_hint));
    const code = url.searchParams.get('code');
    if (user && code) grants.set(code, user);
  });

  server.service.on('beforeTokenSigning', ({ payload }, { body }) => {
    payload.aud = audience;
    payload.exp = payload.iat + tokenSeconds;
    Object.assign(payload, userOf(body));
  });

  server.service.on('beforeResponse', (answer, { body }) => {
    const user = userOf(body);
    // The library issues a token for any code it is shown, and asks for a verifier only if one is sent.
    if (!user || (body.grant_type === 'authorization_code' && !body.code_verifier)) {
      answer.statusCode = 400;
      answer.body = { error: 'invalid_grant' };
      return;
    }
    grants.delete(body.code);
    if (answer.body.refresh_token) grants.set(answer.body.refresh_token, user);
    answer.body.expires_in = tokenSeconds;
  });

  function userOf(form: Partial<Record<string, string>>): LocalUser | undefined {
    if (form.grant_type !== 'client_credentials') return grants.get(form.code ?? form.refresh_token ?? '');
    const { role = '', unit = '', name = role, sub = `client:${role}:${unit}` } = form;
    return role in ROLES ? { sub, name, role, unit } : undefined;
  }

  server.issuer.url = `http://127.0.0.1:${port}`;
  try {
    await server.start(port, '127.0.0.1');
  } catch (error) {
    if (!messageOf(error).includes('EADDRINUSE')) throw error;
    throw new StartFailure(
      `端口 ${port}(登录服务)已被占用。Port ${port} (sign-in) is taken: choose another with --port.`,
    );
  }
  server.issuer.url = `http://127.0.0.1:${server.address().port}`;
  return { url: server.issuer.url, stop: () => server.stop() };
}

async function useKey(server: OAuth2Server, keyFile: string): Promise<void> {
  if (existsSync(keyFile)) {
    await server.issuer.keys.add(JSON.parse(readFileSync(keyFile, 'utf8')));
    return;
  }
  const key = await server.issuer.keys.generate('RS256');
  writeWhole(keyFile, JSON.stringify(key), 0o600);
}

function isLocal(redirectUri: unknown): boolean {
  return (
    URL.canParse(String(redirectUri)) &&
    ['127.0.0.1', 'localhost'].includes(new URL(String(redirectUri)).hostname)
  );
}

function roleName(role: string): string {
  const { zh, en } = ROLES[role as keyof typeof ROLES] ?? { zh: role, en: role };
  return `${zh} / ${en}`;
}

function signInPage(users: LocalUser[], parameters: URLSearchParams): string {
  const choices = users.map((user) => {
    const query = new URLSearchParams(parameters);
    query.set('login_hint', user.sub);
    const what = `${roleName(user.role)} · ${user.unit}`;
    return `<li><a href="/authorize?${escapeHtml(query.toString())}"><b>${escapeHtml(user.name)}</b><br>${escapeHtml(what)}</a></li>`;
  });
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>选择登录身份 · Sign in</title>
<link rel="icon" href="data:,">
<style>
body { font: 18px/1.6 system-ui, sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
ul { list-style: none; padding: 0; }
a { display: block; padding: .75rem 1rem; margin: .5rem 0; border: 1px solid #767676; border-radius: .5rem; color: inherit; text-decoration: none; }
a:hover, a:focus { background: #eef4ff; outline: 3px solid #1558b0; }
</style>
</head>
<body>
<main>
<h1>选择登录身份</h1>
<p>这是本机演示用的登录页，正式环境使用本单位的统一身份认证。<br><span lang="en">Sample sign-in on this machine only. Choose who you are.</span></p>
<ul>
${choices.join('\n')}
</ul>
</main>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
