import type { AdminApp } from '../admin/app.ts';
import { findKeyTexts } from '../credentials/keyText.ts';
import { wireEntry } from '../edge/entry.ts';
import type { Exchange } from '../edge/exchange.ts';
import { ensureAuthority, ensureServerCertificate } from '../http/certificates/certificateFiles.ts';
import { serveFetch } from '../http/fetchService.ts';
import { openListener, serveReceived, type Listener } from '../http/listener.ts';
import { createRefuse } from '../http/problem.ts';
import type { TlsSource } from '../http/tls/materialSource.ts';
import { openTrap, type Trap } from '../http/trap.ts';
import { systemClock as clock } from '../system/clock.ts';
import type { Core } from './core.ts';

/** The listeners of one gateway. */
export interface OpenListeners {
  readonly edge: Listener;
  readonly admin: Listener;
}

export interface Certificates {
  readonly edge: TlsSource;
  readonly admin: TlsSource;
}

type Place = Pick<Core, 'loaded' | 'folder'>;

/** Certificates from files where the configuration names them, else from the own CA in the data folder. */
export async function certificates(core: Place): Promise<Certificates> {
  return {
    edge: configured(core, 'edge') ?? (await ensureOwn(core, 'edge')).source,
    admin: configured(core, 'admin') ?? (await ensureOwn(core, 'admin')).source,
  };
}

/** Own certificates near their end are made anew and taken up without a dropped connection. */
export async function renewCertificates(core: Core, listeners: OpenListeners): Promise<void> {
  for (const name of ['edge', 'admin'] as const) {
    if (configured(core, name) !== null) continue;
    const { isNew } = await ensureOwn(core, name);
    if (isNew) await listeners[name].reload();
  }
}

function configured({ loaded }: Place, name: keyof OpenListeners): TlsSource | null {
  const { certificate } = loaded.config[name];
  if (certificate === undefined) return null;
  return { files: { cert: loaded.path(certificate.cert), key: loaded.path(certificate.key) } };
}

async function ensureOwn({ loaded, folder }: Place, name: keyof OpenListeners) {
  const nowMs = clock.nowMs();
  const authority = await ensureAuthority(folder.tls, nowMs);
  const { hosts } = loaded.config[name];
  const { paths, isNew } = await ensureServerCertificate(folder.tls, name, authority, {
    hosts,
    nowMs,
  });
  return { source: { files: paths }, isNew };
}

export function openEdge(core: Core, exchange: Exchange, tls: TlsSource): Promise<Listener> {
  const { edge } = core.loaded.config;
  return openListener({
    listen: edge.listen,
    tls,
    hosts: edge.hosts,
    service: serveReceived(exchange),
    clock,
    limits: {
      connectionsMax: edge.connections_max,
      connectionsPerIpMax: edge.connections_per_ip_max,
    },
    exposed: exposedInTheClear(core),
    onWireDenial: (denial) => recordWireDenial(core, denial),
    onAlarm: core.alarm,
  });
}

export function openAdmin(core: Core, admin: AdminApp, tls: TlsSource): Promise<Listener> {
  const { listen, hosts } = core.loaded.config.admin;
  const refuse = createRefuse();
  return openListener({
    listen,
    tls,
    hosts,
    service: serveFetch({
      fetch: (request, { requestId, socket }) =>
        admin.fetch(request, { requestId, ip: socket.address }),
      bodyBytesMax: 1024 * 1024,
      refuse,
    }),
    clock,
    exposed: exposedInTheClear(core),
    onWireDenial: (denial) => recordWireDenial(core, denial),
    onAlarm: core.alarm,
  });
}

/** What somebody sends without TLS to any of our ports has been read on the way. */
const exposedInTheClear = ({ exposure }: Core) => ({
  findCredentials: findKeyTexts,
  onExposed: (credential: string) => exposure.report(credential, 'a request without TLS'),
});

/** The connection is refused already; a log that cannot be written is told to the operator, for there is no answer to hold back. */
function recordWireDenial({ audit, alarm }: Core, denial: Parameters<typeof wireEntry>[0]): void {
  audit
    .append(wireEntry(denial))
    .catch(() => alarm('a refusal by the transport could not be recorded'));
}

/** The plaintext port, where one is wanted: it serves nothing and disables what was sent to it in the clear. */
export async function openPlaintextTrap(core: Core): Promise<Trap | null> {
  const { plaintext } = core.loaded.config.edge;
  if (plaintext === undefined) return null;
  return openTrap({
    listen: plaintext,
    clock,
    ...exposedInTheClear(core),
    onWireDenial: (denial) => recordWireDenial(core, denial),
  });
}

/** The address for clients: the first served name, and the port that was bound. */
export const urlOf = ({ address }: Listener, hosts: readonly string[]): string =>
  `https://${hosts[0] ?? address.host}:${address.port}`;
