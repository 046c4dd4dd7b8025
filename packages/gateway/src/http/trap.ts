import { createServer, type Socket } from 'node:net';
import type { Clock } from '../ports/clock.ts';
import { readFirstBytes } from './firstBytes.ts';
import { listen, type ListenAt } from './listen.ts';
import { refusePlaintext, type Exposed } from './plaintext.ts';
import { createRefuse, type Refuse } from './problem.ts';
import { createRequestIds } from './requestId.ts';
import type { WireDenial } from './transport.ts';

export interface TrapOptions extends Exposed {
  readonly listen: ListenAt;
  readonly clock: Clock;
  readonly refuse?: Refuse;
  readonly onWireDenial: (denial: WireDenial) => void;
  readonly onAlarm?: (message: string) => void;
}

export interface Trap {
  /** As bound. */
  readonly address: ListenAt;
  readonly close: () => Promise<void>;
}

const firstByteTimeoutMs = 5_000;
const connectionsMax = 512;

/**
 * Opens a plaintext port. Nothing is served there: whoever speaks is answered 400 and the connection ends. What was
 * sent has been read by anybody on the way, so that each credential in it is reported to be disabled.
 *
 * @throws system errors when the address cannot be bound.
 */
export async function openTrap(options: TrapOptions): Promise<Trap> {
  const { clock, onWireDenial, onAlarm, refuse = createRefuse() } = options;
  const newRequestId = createRequestIds(clock);
  const rules = { clock, refuse, newRequestId, onWireDenial, exposed: options };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    readFirstBytes(socket, firstByteTimeoutMs, (first) => refusePlaintext(socket, first, rules));
  });
  server.maxConnections = connectionsMax;
  const address = await listen(server, options.listen, (message) => onAlarm?.(message));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { address, close };
}
