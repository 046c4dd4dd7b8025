import type { AddressInfo, Server } from 'node:net';

export interface ListenAt {
  /** A name or address of this machine. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** Binds a server. Later failures to accept are told to `onAlarm` and do not end the process. Rejects with the system's error. */
export function listen(
  server: Server,
  at: ListenAt,
  onAlarm: (message: string) => void,
): Promise<ListenAt> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      server.on('error', (error: NodeJS.ErrnoException) => {
        onAlarm(`a connection could not be accepted (${error.code ?? error.name})`);
      });
      const { address, port } = server.address() as AddressInfo;
      resolve({ host: address, port });
    });
  });
}
