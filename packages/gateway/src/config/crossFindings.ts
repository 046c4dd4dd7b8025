import { addressClass } from '../domain/addressClass.ts';
import { parseAddress } from '../domain/network.ts';
import type { Config } from './config.ts';

export interface ConfigFinding {
  readonly path: readonly (string | number)[];
  /** What would be right; never the value. */
  readonly message: string;
}

/** What each member may be alone but not together with the others. */
export function crossFindings(config: Config): readonly ConfigFinding[] {
  return [...loopbackFindings(config), ...productionFindings(config)];
}

function isLoopbackHost(host: string): boolean {
  if (/(?:^|\.)localhost\.?$/.test(host)) return true;
  const address = parseAddress(host.replace(/^\[(.*)\]$/, '$1'));
  return address !== null && ['loopback', 'unspecified'].includes(addressClass(address));
}

function loopbackFindings({ upstream }: Config): readonly ConfigFinding[] {
  if (upstream.allow_loopback || upstream.base_url === undefined) return [];
  if (!isLoopbackHost(new URL(upstream.base_url).hostname)) return [];
  return [
    {
      path: ['upstream', 'base_url'],
      message: 'may point at this machine only with upstream.allow_loopback: true',
    },
  ];
}

function productionFindings(config: Config): readonly ConfigFinding[] {
  if (config.mode !== 'production') return [];
  const findings: ConfigFinding[] = [];
  if (config.upstream.allow_loopback) {
    findings.push({
      path: ['upstream', 'allow_loopback'],
      message: 'is refused in production; set mode: development, or remove it',
    });
  }
  for (const name of ['authorize', 'ownership'] as const) {
    if (config.guards[name] !== 'off') continue;
    findings.push({
      path: ['guards', name],
      message: 'may not be off in production; allowed are report and enforce',
    });
  }
  return findings;
}
