import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { version } from '../config/version.ts';
import type { RuleTexts } from './sources.ts';

/** Whether exactly these rules were compiled by exactly this gateway before. `file` null: not remembered. */
export function isKnownSound(file: string | null, texts: RuleTexts): boolean {
  return file !== null && existsSync(file) && readFileSync(file, 'utf8') === digestOf(texts);
}

/** A memory that cannot be kept costs time at the next start, nothing else. */
export function rememberSound(file: string | null, texts: RuleTexts): void {
  if (file === null) return;
  try {
    writeFileSync(file, digestOf(texts), { mode: 0o600 });
  } catch {
    // A full or read-only disk is found by those who must write.
  }
}

function digestOf({ sources }: RuleTexts): string {
  const hash = createHash('sha256').update(`${version} ${process.versions.node}\n`);
  for (const { name, text } of sources)
    hash.update(`${name} ${text.length}\n`).update(text, 'latin1');
  return hash.digest('hex');
}
