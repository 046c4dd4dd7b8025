import type { Sandbox } from '../sandbox.ts';

/** What a person reads when the sandbox is ready. Its secrets open nothing but itself. */
export function banner(sandbox: Sandbox): string {
  return `
  SANDBOX / SIMULATOR of the Pictory API. Not the real service: every answer says X-Pictory-Sandbox: true.

  API          ${sandbox.url}/pictoryapis
  control      ${sandbox.controlUrl}
  API key      ${sandbox.apiKey}
  client id    ${sandbox.clientId}
  secret       ${sandbox.clientSecret}

  Try:
    curl -s ${sandbox.url}/pictoryapis/v2/video/storyboard/render \\
      -H 'Authorization: ${sandbox.apiKey}' -H 'Content-Type: application/json' \\
      -d '{"videoName":"hello","scenes":[{"story":"Hello from the sandbox."}]}'

  ^C to quit
`;
}

/** What a program reads: one line of JSON. */
export function readyLine(sandbox: Sandbox): string {
  const { url, controlUrl, apiKey, clientId, clientSecret } = sandbox;
  return `${JSON.stringify({ event: 'ready', sandbox: true, url, controlUrl, apiKey, clientId, clientSecret })}\n`;
}
