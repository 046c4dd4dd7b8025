import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Failure } from './failure.ts';

/** Asks a person; an empty answer gives `fallback`. */
export async function ask(question: string, fallback: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const shown = fallback === '' ? '' : ` (${fallback})`;
    return (await lines.question(`${question}${shown} `)).trim() || fallback;
  } finally {
    lines.close();
  }
}

/** Asks for a secret: what is typed or pasted is not shown. @throws Failure when there is no terminal to ask */
export async function askHidden(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Failure('there is no terminal to ask for the secret');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(`${question} (not shown) `);
  try {
    return (await lines.question('')).trim();
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
