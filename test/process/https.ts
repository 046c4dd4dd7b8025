import { Agent, request } from 'node:https';

export interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  readonly bytes: Buffer;
  /** The parsed body, or null when it is no JSON. */
  readonly json: unknown;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

/** A plain HTTPS client that keeps its connections and trusts one CA. */
export class Https {
  readonly #agent: Agent;

  constructor(ca: string, connectionsMax = 32) {
    this.#agent = new Agent({ ca, keepAlive: true, maxSockets: connectionsMax });
  }

  /** Rejects when the connection ends before the whole answer came. */
  send(method: string, url: string, { headers = {}, body }: SendOptions = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const length =
        body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request(
        url,
        { method, agent: this.#agent, headers: { ...headers, ...length } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
          response.on('end', () => {
            const bytes = Buffer.concat(chunks);
            const text = bytes.toString('utf8');
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              text,
              bytes,
              json: parse(text),
            });
          });
          response.on('aborted', () => reject(new Error('the answer was cut')));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
