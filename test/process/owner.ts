import type { CallAdmin } from './clients.ts';
import type { Https } from './https.ts';

/** The admin API of a gateway that nobody administers yet; the first call makes the caller its first owner. */
export function becomeOwner(
  https: Https,
  adminUrl: () => string,
  bootstrapToken: () => string,
): CallAdmin {
  let token: string | null = null;
  return async (method, path, body) => {
    token ??= await bootstrap(https, adminUrl(), bootstrapToken());
    return https.send(method, adminUrl() + path, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  };
}

async function bootstrap(https: Https, adminUrl: string, bootstrapToken: string): Promise<string> {
  const reply = await https.send('POST', `${adminUrl}/v1/bootstrap`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: bootstrapToken }),
  });
  const { token } = reply.json as { token?: string };
  if (token === undefined)
    throw new Error(`bootstrap was answered with ${reply.status}: ${reply.text}`);
  return token;
}
