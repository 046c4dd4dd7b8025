import { readFileSync } from 'node:fs';
import { ArchiveUnreadable } from '../../waf/archive.ts';
import { selfTest } from '../../waf/selfTest.ts';
import {
  crsRelease,
  putInForce,
  readArchive,
  readRelease,
  ReleaseRefused,
  rollback as bringBack,
  stage,
} from '../../waf/install.ts';
import { RuleSets } from '../../waf/ruleSets.ts';
import { readTestRequests } from '../../waf/testRequests.ts';
import { tryOut } from '../../waf/tryOut.ts';
import { makeDataFolder } from '../../config/dataFolder.ts';
import { wafOptions } from '../../start/waf.ts';
import type { Call, Run } from '../command.ts';
import { Failure } from '../failure.ts';
import type { Place } from '../place.ts';
import { findingLines } from '../ruleFindings.ts';
import { plain } from '../terminal.ts';
import { tellGateway } from './waf.ts';

/** Rules come from where the operator says, and count only when every file is the one that was tested. */
export const update: Run = async (call) => {
  const { terminal } = call;
  const place = await call.place();
  if (place.loaded.config.waf.rules !== undefined) {
    throw new Failure('waf.rules names another folder, which this command does not touch');
  }
  const files = await offered(call, place);
  makeDataFolder(place.folder);
  const staged = stage(files, place.folder);
  check(place, staged);
  putInForce(staged, place.folder);
  const told = await tellGateway(call);
  const result = { version: crsRelease.version, files: files.size, folder: place.folder.crs };
  terminal.show(result, () => [
    `${terminal.yes} Core Rule Set ${result.version}: ${result.files} files checked, self-test passed`,
    `  ${plain(told)}`,
    '  filmgate waf rollback  brings back what was there before',
  ]);
  return 0;
};

async function offered({ values }: Call, place: Place): Promise<ReturnType<typeof readRelease>> {
  const from = values.text('from');
  if (from !== null) return orFailure(() => readRelease(from));
  const url = place.loaded.config.waf.update_url;
  if (url === undefined) {
    const name = `coreruleset-${crsRelease.version}-minimal.tar.gz`;
    throw new Failure('no place to download from is configured', [
      `get ${name} from the release page of the OWASP CRS project, then:`,
      `  filmgate waf update --from ${name}`,
      'or name an address in the configuration: waf.update_url',
    ]);
  }
  const bytes = await download(url);
  return orFailure(() => readArchive(bytes));
}

const downloadBytesMax = 32 * 1024 * 1024;

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Failure(`${url} answers ${response.status}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > downloadBytesMax) throw new Failure(`${url} sends more than a release holds`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function orFailure<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReleaseRefused || error instanceof ArchiveUnreadable) {
      throw new Failure(error.message, ['nothing was changed']);
    }
    throw error;
  }
}

/** Loads it as the gateway would, and with plain settings lets it judge what every rule set tells apart. */
function check({ loaded, folder }: Place, staged: string): void {
  const options = { ...wafOptions(loaded, folder, () => {}), soundFile: null };
  const { exclusions } = options.places();
  void new RuleSets({ ...options, places: () => ({ crs: staged, exclusions }) });
  const { allowedMethods, allowedContentTypes } = options.engine;
  const plainly = new RuleSets({
    ...options,
    overrides: [],
    places: () => ({ crs: staged, exclusions: '' }),
    engine: {
      mode: 'On',
      paranoiaLevel: 1,
      inboundThreshold: 5,
      outboundThreshold: 4,
      ...(allowedMethods && { allowedMethods }),
      ...(allowedContentTypes && { allowedContentTypes }),
    },
  });
  const wrong = selfTest(plainly.inForce.main);
  if (wrong.length > 0) throw new Failure('the rules fail their self-test', wrong);
}

export const rollback: Run = async (call) => {
  const { folder } = await call.place();
  if (!bringBack(folder)) throw new Failure('there is no release before this one');
  const told = await tellGateway(call);
  call.terminal.show({ rolled_back: true }, () => [
    `${call.terminal.yes} the release before is in force; once more goes back again`,
    `  ${plain(told)}`,
  ]);
  return 0;
};

/** In this process, with the rules on the disk: nothing is sent anywhere. */
export const test: Run = async ({ parameters: [file], place, terminal }) => {
  const { loaded, folder } = await place();
  const requests = readTestRequests(readFile(file!));
  if (requests === null) {
    throw new Failure(`${file} holds neither requests, one a line, nor one HTTP message`, [
      'a line: method, target, content type and body in base64, with tabs between',
    ]);
  }
  const rules = new RuleSets({ ...wafOptions(loaded, folder, () => {}), soundFile: null }).inForce;
  const results = requests.map((request) => ({
    method: request.method,
    target: request.target,
    ...tryOut(rules, request),
  }));
  const blocked = results.filter(({ verdict }) => verdict === 'blocked').length;
  terminal.show(results, () => [
    ...results.flatMap(({ method, target, verdict, score, findings }) => [
      `${verdict === 'blocked' ? terminal.no : terminal.yes} ${plain(`${method} ${target.slice(0, 60)}`)}  score ${score}`,
      ...findings.flatMap((one) => findingLines(terminal, { ...one, reported: false })),
    ]),
    `${blocked} of ${results.length} blocked`,
  ]);
  return 0;
};

function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new Failure(`${file} cannot be read`);
  }
}
