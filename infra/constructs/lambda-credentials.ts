/**
 * Stands in for the SDK's chain of credential providers in every bundle: Lambda always gives credentials in
 * the environment, and the rest of the chain (SSO, profiles, instance metadata) is 130 KB to load at each
 * cold start.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
