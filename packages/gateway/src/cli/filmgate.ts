#!/usr/bin/env node
import { keepCompiledCode } from './codeCache.ts';

// Before anything else is loaded.
keepCompiledCode();
const { run } = await import('./run.ts');

// A reader that has seen enough closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2));
