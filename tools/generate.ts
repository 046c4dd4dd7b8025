import { readFileSync, writeFileSync } from 'node:fs';
import { coveragePage } from '../packages/waf/crs/coverage.ts';
import { generate as generateCatalogue } from './catalogue/generate.ts';
import { adminApiJson, adminApiPage } from './reference/adminApi.ts';
import { cliPage } from './reference/cli.ts';
import { configJsonSchema, configPage } from './reference/config.ts';
import { denialsPage } from './reference/denials.ts';

const root = new URL('../', import.meta.url);
const reference = new URL('docs/reference/', root);

/** Everything that is generated and committed: each file with the text that it should have. */
export function generated(): readonly { readonly file: URL; readonly text: string }[] {
  return [
    ...generateCatalogue(),
    { file: new URL('denials.md', reference), text: denialsPage() },
    { file: new URL('waf-coverage.md', reference), text: coveragePage() },
    { file: new URL('admin-api.md', reference), text: adminApiPage() },
    { file: new URL('admin-api.json', reference), text: adminApiJson() },
    { file: new URL('cli.md', reference), text: cliPage() },
    { file: new URL('configuration.md', reference), text: configPage() },
    { file: new URL('filmgate.schema.json', reference), text: configJsonSchema() },
  ];
}

/** The files that differ from what stands on the disk. */
export function drifted(): readonly string[] {
  return generated()
    .filter(({ file, text }) => readOrNull(file) !== text)
    .map(({ file }) => file.pathname.slice(root.pathname.length));
}

function readOrNull(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** `npm run generate` writes them all; with `--check` it names those that differ and exits with 2. */
if (import.meta.main) {
  if (process.argv.includes('--check')) {
    for (const file of drifted())
      process.stderr.write(`${file} is out of date; npm run generate\n`);
    process.exitCode = drifted().length === 0 ? 0 : 2;
  } else {
    for (const { file, text } of generated()) writeFileSync(file, text);
  }
}
