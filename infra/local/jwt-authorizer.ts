import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** The authorizer of a route, as the template describes it. */
export interface JwtAuthorizerSpec {
  issuer: string;
  audience: string[];
}

/** What an authorizer found: the claims as the function receives them, or the answer for the caller. */
export type Authorization =
  | { claims: Record<string, string>; scopes: string[] | null }
  | { statusCode: 401 | 403; challenge: string };

/** API Gateway accepts RSA signatures only. */
const algorithms = ['RS256', 'RS384', 'RS512'];

/** Checks a token as API Gateway's JWT authorizer does. */
export class JwtAuthorizer {
  private readonly spec: JwtAuthorizerSpec;
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(spec: JwtAuthorizerSpec) {
    this.spec = spec;
  }

  async authorize(authorization: string | undefined, routeScopes: string[]): Promise<Authorization> {
    const token = authorization?.replace(/^Bearer /i, '');
    if (!token) return { statusCode: 401, challenge: 'Bearer' };
    try {
      const { payload } = await jwtVerify(token, await this.issuerKeys(), {
        issuer: this.spec.issuer,
        algorithms,
        requiredClaims: ['exp'],
      });
      if (!this.isForUs(payload)) throw new Error('the token is for another audience');
      const scopes = typeof payload.scope === 'string' ? payload.scope.split(' ') : [];
      const granted = routeScopes.filter((scope) => scopes.includes(scope));
      if (routeScopes.length > 0 && granted.length === 0) {
        const challenge = `Bearer scope="${routeScopes.join(' ')}" error="insufficient_scope"`;
        return { statusCode: 403, challenge };
      }
      return { claims: claimTexts(payload), scopes: routeScopes.length > 0 ? granted : null };
    } catch (error) {
      const description = (error as Error).message.replaceAll('"', "'");
      const challenge = `Bearer scope="" error="invalid_token" error_description="${description}"`;
      return { statusCode: 401, challenge };
    }
  }

  private isForUs({ aud, client_id }: JWTPayload): boolean {
    return [aud ?? client_id].flat().some((audience) => this.spec.audience.includes(String(audience)));
  }

  private async issuerKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= discoverKeys(this.spec.issuer);
    try {
      return await this.keys;
    } catch (error) {
      // The issuer may come back: ask it again at the next request.
      this.keys = undefined;
      throw error;
    }
  }
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const discovery = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { jwks_uri } = (await discovery.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(jwks_uri));
}

/** API Gateway hands all claims over as text, lists in brackets. */
function claimTexts(payload: JWTPayload): Record<string, string> {
  const text = (value: unknown) => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value));
  return Object.fromEntries(Object.entries(payload).map(([claim, value]) => [claim, text(value)]));
}
