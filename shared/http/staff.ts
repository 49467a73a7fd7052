import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { ROLES, type Role, type Staff } from '../people/roles.ts';
import { Problem } from './problem.ts';

/**
 * The signed-in person, from the claims that API Gateway has verified. Issuers name them `role` and `unit`,
 * Amazon Cognito `custom:role` and `custom:unit`.
 */
export function staffOf(event: APIGatewayProxyEventV2WithJWTAuthorizer): Staff {
  const { claims } = event.requestContext.authorizer.jwt;
  const role = String(claims.role ?? claims['custom:role'] ?? '');
  const unit = String(claims.unit ?? claims['custom:unit'] ?? '');
  const id = String(claims.sub ?? '');
  if (!(role in ROLES) || unit === '' || id === '') {
    throw new Problem('forbidden', [
      { field: 'authorization', zh: '令牌缺少角色或者单位', en: 'The token lacks a role or a unit' },
    ]);
  }
  return { id, role: role as Role, unit };
}
