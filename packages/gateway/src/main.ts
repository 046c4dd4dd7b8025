import type { LoadedConfig } from './config/load.ts';
import type { KeyLife } from './credentials/keyLife.ts';
import type { Listener } from './http/listener.ts';
import type { Stores } from './ports/stores.ts';
import { adminContext, offerFirstOwner } from './start/admin.ts';
import { startChores } from './start/chores.ts';
import { openCore } from './start/core.ts';
import { createEdge } from './start/edge.ts';
import { LateAdmin } from './start/lateAdmin.ts';
import { certificates, openAdmin, openEdge, openPlaintextTrap, urlOf } from './start/listeners.ts';
import { statusReporter } from './start/status.ts';
import { openWaf } from './start/waf.ts';

/** A gateway that is listening. */
export interface Gateway {
  readonly edgeUrl: string;
  readonly adminUrl: string;
  /** What clients must trust when the certificate is the gateway's own; null with certificates from files. */
  readonly caFile: string | null;
  /** Makes the first owner, once, within an hour; null when there is an owner or the token came from the environment. */
  readonly bootstrapToken: string | null;
  readonly stores: Stores;
  readonly credentials: KeyLife;
  /** Takes up certificates and rules anew. What cannot be used leaves the present one in force; `alarm` is told. */
  readonly reload: () => Promise<void>;
  /** Takes no more, lets finish what is under way; false when the time ran out. */
  readonly stop: () => Promise<boolean>;
}

/**
 * Opens everything and listens. Whatever cannot be opened refuses the start; nothing is made over existing data.
 * @param alarm told, in one line without secrets, about what an operator should know
 * @throws ConfigError, PepperError, SchemaFromFuture, StoreUnusable, TlsMaterialUnusable and the like, each with a remedy
 */
export async function startGateway(
  loaded: LoadedConfig,
  { alarm }: StartOptions,
): Promise<Gateway> {
  const opened = new AsyncDisposableStack();
  try {
    return await open(loaded, alarm, opened);
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

interface StartOptions {
  readonly alarm: (message: string) => void;
}

/** What was opened is on the stack, to be closed again where the next thing cannot be. */
async function open(
  loaded: LoadedConfig,
  alarm: StartOptions['alarm'],
  opened: AsyncDisposableStack,
): Promise<Gateway> {
  const core = opened.adopt(await openCore(loaded, alarm), (one) => one.close());
  const bootstrapToken = await offerFirstOwner(core);
  const waf = await openWaf(loaded, core.folder, alarm);
  const { exchange, ways } = createEdge(core, waf);
  const tls = await certificates(core);
  const listeners: { edge?: Listener; admin?: Listener } = {};
  const admin = new LateAdmin(adminContext(core, ways, waf, statusReporter(core, waf, listeners)));
  const close = (one: Listener): Promise<void> => one.close();
  const adminListener = opened.adopt(await openAdmin(core, admin, tls.admin), close);
  const edge = opened.adopt(await openEdge(core, exchange, tls.edge), close);
  const trap = await openPlaintextTrap(core);
  Object.assign(listeners, { edge, admin: adminListener });
  const stopChores = startChores(core, { edge, admin: adminListener });
  setImmediate(() => {
    waf.ruleSets?.prepare();
    admin
      .load()
      .catch(() => alarm('the admin API could not be loaded; is the installation whole?'));
  });
  return {
    edgeUrl: urlOf(edge, loaded.config.edge.hosts),
    adminUrl: urlOf(adminListener, loaded.config.admin.hosts),
    caFile: loaded.config.edge.certificate === undefined ? core.folder.caCertificate : null,
    bootstrapToken,
    stores: core.stores,
    credentials: core.credentials,
    reload: async () => {
      await Promise.all([edge.reload(), adminListener.reload()]);
      waf.ruleSets?.reload();
    },
    stop: async () => {
      admin.close();
      const limitMs = loaded.config.edge.drain;
      const drained = await Promise.all([
        edge.drain(limitMs),
        adminListener.drain(limitMs),
        trap?.close(),
      ]);
      await stopChores();
      await core.exposure.settled();
      await core.close();
      return drained[0] && drained[1];
    },
  };
}
