import { Failure } from './failure.ts';
import { plain, type Terminal } from './terminal.ts';

/**
 * Errors of parts that say themselves what is wrong and what to do, by name: their classes come with parts that the quick
 * commands do not load. They are about files and settings, hence the code for configuration.
 */
const settings: ReadonlySet<string> = new Set([
  'BootstrapTokenWeak',
  'CertificateFilesUnusable',
  'PepperError',
  'SchemaFromFuture',
  'StoreUnusable',
  'TlsMaterialUnusable',
]);

const outages: ReadonlySet<string> = new Set(['StoreUnavailable', 'AuditUnavailable']);

interface Voice {
  readonly note: (line: string) => void;
  readonly paint: Terminal['paint'];
}

const exitCodes = { error: 1, configuration: 78 } as const;

/** Says what went wrong as a compiler does; returns the exit code. */
export function report(error: unknown, terminal: Voice): number {
  const label = terminal.paint('bad', 'error:');
  const say = (message: string, hints: readonly string[] = []): void => {
    terminal.note(`${label} ${plain(message)}`);
    for (const hint of hints) terminal.note(`  ${plain(hint)}`);
  };
  if (error instanceof Failure) {
    say(error.message, error.hints);
    return error.exitCode;
  }
  if (!(error instanceof Error)) {
    say('an unknown value was thrown', [blame]);
    return exitCodes.error;
  }
  if (error.name === 'ConfigError') {
    // Lines with a caret under the place: they stand as they are.
    for (const line of error.message.split('\n')) terminal.note(plain(line));
    return exitCodes.configuration;
  }
  if (settings.has(error.name)) {
    say(error.message);
    return exitCodes.configuration;
  }
  const system = describeSystemError(error);
  if (system !== null) {
    say(...system);
    return exitCodes.error;
  }
  if (outages.has(error.name)) say(error.message);
  else say(`${error.name}: ${error.message}`, [blame]);
  return exitCodes.error;
}

const blame = 'this is a fault of filmgate; please report it';

interface SystemError extends Error {
  readonly code?: string;
  readonly address?: string;
  readonly port?: number;
  readonly path?: string;
}

/** What the operating system refuses, in words. */
function describeSystemError(error: SystemError): [message: string, hints: string[]] | null {
  const address = `${error.address ?? ''}:${error.port ?? ''}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return [
        `${address} is in use`,
        ['stop what listens there, or change edge.listen or admin.listen'],
      ];
    case 'EADDRNOTAVAIL':
      return [`${address} is no address of this machine`, ['change edge.listen or admin.listen']];
    case 'EACCES':
    case 'EPERM':
      return [`${error.path ?? address}: not permitted`, ['check the owner and the mode']];
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EISDIR':
      return [
        `${error.path ?? 'a path'} is in the way (${error.code})`,
        ['a folder is wanted where a file is, or a file where a folder is'],
      ];
    case 'EROFS':
    case 'ENOSPC':
      return [`${error.path ?? 'a file'} cannot be written (${error.code})`, ['check the disk']];
    default:
      return null;
  }
}
