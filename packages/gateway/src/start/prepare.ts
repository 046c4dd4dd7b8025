import { dataFolder, makeDataFolder } from '../config/dataFolder.ts';
import type { LoadedConfig } from '../config/load.ts';
import { openCore } from './core.ts';
import { certificates } from './listeners.ts';

/**
 * Makes everything in the data folder that a start would make: database, pepper, CA and certificates. What is there
 * already is checked and left as it is.
 * @throws as {@link openCore} and {@link certificates} do
 */
export async function prepare(loaded: LoadedConfig): Promise<void> {
  const folder = dataFolder(loaded.path(loaded.config.data));
  makeDataFolder(folder);
  await certificates({ loaded, folder });
  const core = await openCore(loaded, () => {});
  await core.close();
}
