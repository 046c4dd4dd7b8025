import type { IncomingMessage } from 'node:http';

const bodyBytesMax = 256 * 1024 * 1024;

interface ReadBody {
  readonly bytes: Buffer;
  /** False when the caller went away, or sent more than is kept. */
  readonly complete: boolean;
}

/** Everything of a body that arrives; never throws. */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > bodyBytesMax) return { bytes: Buffer.concat(chunks), complete: false };
      chunks.push(chunk);
    }
  } catch {
    return { bytes: Buffer.concat(chunks), complete: false };
  }
  return { bytes: Buffer.concat(chunks), complete: request.complete };
}
