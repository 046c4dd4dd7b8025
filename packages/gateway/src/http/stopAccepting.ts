import type { Server } from 'node:https';
import { Server as TlsServer } from 'node:tls';

/** While connections are still coming in, how many turns of the event loop a stop waits for the last of them. */
const acceptTurnsMax = 1_000;

/**
 * Takes in what the system has accepted already, one connection a turn, because closing the port resets those; then
 * listens no more. Not by `server.close()`: that also cuts connections between two requests, on which the next one may
 * be under way.
 */
export async function stopAccepting(server: Server): Promise<void> {
  let isComing = true;
  const onConnection = () => (isComing = true);
  server.on('connection', onConnection);
  for (let turns = 0; isComing && turns < acceptTurnsMax; turns += 1) {
    isComing = false;
    await turn();
    await turn();
  }
  server.off('connection', onConnection);
  if (server.listening) TlsServer.prototype.close.call(server);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
