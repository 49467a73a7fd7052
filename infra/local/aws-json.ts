import { Agent, request } from 'node:http';

/** An error answer of a service that speaks AWS's JSON protocol; `name` is the service's error code. */
export class AwsError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Calls one action of a service. */
export type AwsJson = (action: string, body: object, signal?: AbortSignal) => Promise<unknown>;

/**
 * A client of DynamoDB Local or fauxqs. The SDK is not used for polling because it costs several times
 * the CPU per call, and it would turn the records' JSON, which functions must see as it is, into objects.
 */
export function awsJsonClient(endpoint: string, targetPrefix: string): AwsJson {
  const agent = new Agent({ keepAlive: true });
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    authorization:
      'AWS4-HMAC-SHA256 Credential=localRuntime/20260101/us-east-1/local/aws4_request, SignedHeaders=host, Signature=0',
  };
  return (action, body, signal) =>
    new Promise((resolve, reject) => {
      const target = { ...headers, 'x-amz-target': `${targetPrefix}.${action}` };
      const call = request(endpoint, { method: 'POST', agent, headers: target, signal }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          try {
            const text = Buffer.concat(chunks).toString();
            const answer = text === '' ? {} : JSON.parse(text);
            if (response.statusCode === 200) return resolve(answer);
            const { ['__type']: type, message, Message } = answer;
            const code = String(type ?? response.statusCode).replace(/^.*#/, '');
            reject(new AwsError(code, message ?? Message ?? text));
          } catch (error) {
            reject(error);
          }
        });
      });
      call.on('error', reject);
      call.end(JSON.stringify(body));
    });
}
