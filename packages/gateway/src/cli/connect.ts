import { closeSync, existsSync, openSync, rmSync, writeSync } from 'node:fs';
import { makeDataFolder } from '../config/dataFolder.ts';
import { readBootstrapToken, removeBootstrapToken } from './bootstrapFile.ts';
import { Failure } from './failure.ts';
import { ApiFailure, Gateway, trustAuthority } from './gateway.ts';
import { readToken, type Place } from './place.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Finds the token and gives the gateway. Where nobody administers yet, the bootstrap token makes the first owner. */
export async function connect(
  place: Place,
  environment: Environment,
  note: (line: string) => void,
): Promise<Gateway> {
  trustAuthority(place);
  const given = environment['FILMGATE_ADMIN_TOKEN'];
  if (given) return new Gateway(place.url, given);
  const kept = place.isOwn ? readToken(place.folder.adminToken) : null;
  if (kept !== null) return new Gateway(place.url, kept);
  const left = place.isOwn ? readBootstrapToken(place.folder) : null;
  const bootstrap = environment['FILMGATE_BOOTSTRAP_TOKEN'] || left;
  if (!bootstrap) throw noToken(place);
  return new Gateway(place.url, await claim(place, bootstrap, note));
}

function noToken({ url, folder, isOwn }: Place): Failure {
  return new Failure(`there is no admin token for ${url}`, [
    ...(isOwn
      ? [`${folder.adminToken} is not there`]
      : ['the token in the data folder is for another address']),
    'set FILMGATE_ADMIN_TOKEN, or FILMGATE_BOOTSTRAP_TOKEN to become the first owner',
  ]);
}

/** The file is made before the token is used up: a token that cannot be kept would be lost for good. */
async function claim(
  { url, folder }: Place,
  bootstrap: string,
  note: (line: string) => void,
): Promise<string> {
  if (!existsSync(folder.root)) makeDataFolder(folder);
  const file = openSync(folder.adminToken, 'wx', 0o600);
  try {
    const { body } = await new Gateway(url, null).change<{ token: string }>(
      'POST',
      '/v1/bootstrap',
      { body: { token: bootstrap } },
    );
    writeSync(file, `${body.token}\n`);
    removeBootstrapToken(folder);
    note(`you are the first owner; the token is in ${folder.adminToken}`);
    return body.token;
  } catch (error) {
    rmSync(folder.adminToken, { force: true });
    throw refusedToken(error);
  } finally {
    closeSync(file);
  }
}

function refusedToken(error: unknown): unknown {
  if (!(error instanceof ApiFailure) || error.code !== 'bootstrap_refused') return error;
  return new Failure(error.message, [
    'where nobody is an owner yet, a restarted gateway offers a fresh token',
    'otherwise ask an owner: filmgate admins create NAME',
  ]);
}
