import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { echo } from '../providers/echo.fixture.ts';
import { Inspection, type Inspect } from './inspection.ts';
import type { Override } from './overrides.ts';
import { RuleSets, type WafOptions } from './ruleSets.ts';

export interface TestWaf {
  readonly ruleSets: RuleSets;
  readonly inspect: Inspect;
  readonly alarms: readonly string[];
  readonly exclusionsFile: string;
}

/** For tests: the built-in rules, or those of a folder, over the echo provider. */
export function testWaf(
  more: {
    readonly engine?: WafOptions['engine'];
    readonly overrides?: readonly Override[];
    readonly exclusions?: string;
    readonly crs?: string;
  } = {},
): TestWaf {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-waf-'));
  const exclusionsFile = join(folder, 'waf-exclusions.conf');
  if (more.exclusions !== undefined) writeFileSync(exclusionsFile, more.exclusions);
  const alarms: string[] = [];
  const overrides = more.overrides ?? [];
  const engine = {
    mode: 'On',
    paranoiaLevel: 1,
    inboundThreshold: 5,
    outboundThreshold: 4,
    allowedMethods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedContentTypes: ['application/json', 'application/octet-stream'],
    requestBodyBytesMax: 64 * 1024,
    responseBodyBytesMax: 64 * 1024,
    ...more.engine,
  } as const;
  const ruleSets = new RuleSets({
    places: () => ({ crs: more.crs ?? null, exclusions: exclusionsFile }),
    overrides,
    prefix: echo.prefix,
    limits: { bodyDepthMax: 64, valuesMax: 10_000 },
    engine,
    soundFile: null,
    alarm: (message) => alarms.push(message),
  });
  const parts = {
    rules: () => ruleSets.inForce,
    overrides,
    bodyBytesMax: engine.requestBodyBytesMax,
  };
  return {
    ruleSets,
    inspect: (received) => new Inspection(parts, received),
    alarms,
    exclusionsFile,
  };
}
