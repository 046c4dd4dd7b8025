import type { IncomingMessage } from 'node:http';
import type { Limits } from './limits.ts';

/**
 * Throws the rest of a request away for a short time, after its answer was written and before the connection is
 * closed. Closing with unread bytes would send a reset, and a reset can overtake the answer (RFC 9112 section 9.6).
 */
export function lingers(
  request: IncomingMessage,
  { lingerMs, lingerBytesMax }: Pick<Limits, 'lingerMs' | 'lingerBytesMax'>,
): Promise<void> {
  if (request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > lingerBytesMax) settle();
    };
    const settle = () => {
      clearTimeout(timer);
      request.off('data', onData).off('end', settle).off('close', settle);
      request.pause();
      resolve();
    };
    const timer = setTimeout(settle, lingerMs);
    request.on('data', onData).on('end', settle).on('close', settle).resume();
  });
}
