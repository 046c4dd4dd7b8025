import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `node tools/waf/release.ts DIR VERSION`: takes down what a release of the OWASP Core Rule Set holds, as the hashes by which
 * `filmgate waf update` knows it. DIR is an unpacked release.
 */
export function releaseManifest(folder: string, version: string): string {
  const names = [
    'LICENSE',
    'crs-setup.conf.example',
    ...readdirSync(join(folder, 'rules')).map((name) => `rules/${name}`),
  ];
  const files = Object.fromEntries(
    names.sort().map((name) => [name, hashOf(readFileSync(join(folder, name)))]),
  );
  return `${JSON.stringify({ version, files }, null, 2)}\n`;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

if (import.meta.main) {
  const [folder, version] = process.argv.slice(2);
  const target = new URL('../../packages/gateway/src/waf/crsRelease.json', import.meta.url);
  writeFileSync(target, releaseManifest(folder!, version!));
}
