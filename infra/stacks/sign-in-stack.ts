import {
  Aws,
  CfnOutput,
  CfnParameter,
  Duration,
  Fn,
  RemovalPolicy,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';

export interface SignInStackProps extends StackProps {
  /** Part of the sign-in's address, which must be unique in its region. */
  stage: string;
}

/**
 * Sign-in of staff by Amazon Cognito, for regions that have it. The China regions do not: there any OIDC
 * issuer is given by parameter and this stack is not deployed.
 */
export class SignInStack extends Stack {
  constructor(scope: Construct, id: string, { stage, ...props }: SignInStackProps) {
    super(scope, id, props);
    const pages = new CfnParameter(this, 'PagesUrl', {
      description: 'Address of the pages (Url of the pages stack); deploy this stack again once it is known',
      default: 'https://localhost',
      allowedPattern: 'https://[^/]+',
    }).valueAsString;

    const pool = new UserPool(this, 'Staff', {
      signInAliases: { username: true, email: true },
      selfSignUpEnabled: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      // Set by an administrator, never by the person: they decide whose cases are open.
      customAttributes: {
        role: new StringAttribute({ mutable: true }),
        unit: new StringAttribute({ mutable: true }),
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const client = pool.addClient('Desk', {
      // The hosted sign-in only: a token from SRP would let its owner change attributes.
      authFlows: { userSrp: false },
      // Role and unit are read into the token, and written by administrators only.
      readAttributes: new ClientAttributes()
        .withStandardAttributes({ email: true, fullname: true })
        .withCustomAttributes('role', 'unit'),
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE],
        callbackUrls: [`${pages}/desk`],
        logoutUrls: [`${pages}/desk`],
      },
      accessTokenValidity: Duration.hours(8),
      idTokenValidity: Duration.hours(8),
      preventUserExistenceErrors: true,
    });
    const domain = pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: Fn.join('-', ['hotline', stage, Aws.ACCOUNT_ID]) },
    });
    new CfnOutput(this, 'Issuer', { value: pool.userPoolProviderUrl });
    new CfnOutput(this, 'TokenOrigin', { value: domain.baseUrl() });
    new CfnOutput(this, 'Audience', { value: client.userPoolClientId });
  }
}
