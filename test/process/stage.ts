import { loadConfig } from '../../packages/gateway/src/config/load.ts';
import { startGateway, type Gateway } from '../../packages/gateway/src/main.ts';
import type { CallAdmin } from './clients.ts';
import { layGround, type Ground, type GroundOptions } from './ground.ts';
import { Https } from './https.ts';
import { becomeOwner } from './owner.ts';

/** A gateway in this process, in front of a sandbox. */
export interface Stage extends Ground {
  readonly gateway: Gateway;
  /** `https://HOST:PORT` of the edge. */
  readonly origin: string;
  readonly port: number;
  readonly edge: Https;
  /** The admin API, as the first owner. */
  readonly admin: CallAdmin;
  /** What the gateway told its operator. */
  readonly alarms: readonly string[];
}

export async function openStage(options: GroundOptions = {}): Promise<Stage> {
  const ground = await layGround(options);
  const alarms: string[] = [];
  const alarm = (message: string): void => void alarms.push(message);
  const gateway = await startGateway(loadConfig(ground.config), { alarm }).catch(
    async (error: unknown) => {
      await ground.dispose();
      throw error;
    },
  );
  const edge = new Https(ground.ca);
  const adminHttps = new Https(ground.ca);
  return {
    ...ground,
    gateway,
    origin: gateway.edgeUrl,
    port: Number(new URL(gateway.edgeUrl).port),
    edge,
    admin: becomeOwner(
      adminHttps,
      () => gateway.adminUrl,
      () => gateway.bootstrapToken!,
    ),
    alarms,
    dispose: async () => {
      edge.close();
      adminHttps.close();
      await gateway.stop();
      await ground.dispose();
    },
  };
}
