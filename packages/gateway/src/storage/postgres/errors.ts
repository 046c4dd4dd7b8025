import { StoreConflict, StoreUnavailable } from '../../ports/stores.ts';
import { taken, unreferenced } from '../conflict.ts';

/** SQLSTATE codes and classes (PostgreSQL manual, appendix A) that have a cause an operator can act on. */
const causes: Readonly<Record<string, string>> = {
  '08': 'the connection to the database broke',
  '25006': 'the database may only be read',
  '28': 'the database refuses the user or password',
  '3D000': 'the database does not exist',
  '40': 'the database gave up a transaction for another one',
  '42501': 'the database user lacks a permission',
  '53100': 'the disk of the database is full',
  '53200': 'the database has not enough memory',
  '53300': 'the database has no connection left',
  '53': 'the database is at a limit',
  '55P03': 'the database is locked by another process',
  '57014': 'the database took too long',
  '57': 'the database is shutting down',
  '58': 'the disk of the database failed',
  XX: 'the database is damaged',
};

/** Causes that waiting does not cure. */
const lasting = ['28', '3D000', '42501', '25006'];

/** What the stores throw instead of an error of pg, whose message and detail may quote statements and values. */
export function storeError(error: unknown): StoreConflict | StoreUnavailable {
  const code = codeOf(error);
  if (code === '23505') return takenColumn(error as { table?: string; constraint?: string });
  if (code === '23503') return unreferenced();
  if (!isSqlState(code)) return new StoreUnavailable(connectionCause(error));
  const cause = causes[code] ?? causes[code.slice(0, 2)];
  return new StoreUnavailable(cause ?? `the database refused a statement (SQLSTATE ${code})`);
}

/** Whether the connection is in an unknown state, as opposed to: the server answered. It is not used again. */
export function isUnanswered(error: unknown): boolean {
  return !isSqlState(codeOf(error)) || isDisconnect(error);
}

/** Whether the connection was gone, so that another one may serve at once. A silent server is not asked again. */
export function isDisconnect(error: unknown): boolean {
  const code = codeOf(error);
  const isEnded = messageOf(error).startsWith('Connection terminated unexpectedly');
  return isEnded || ['ECONNRESET', 'EPIPE'].includes(code) || /^(08|57P0)/.test(code);
}

/** Whether it is the operator's to mend. */
export function isLasting(error: unknown): boolean {
  const code = codeOf(error);
  return lasting.some((prefix) => code.startsWith(prefix)) || refusesTls(error);
}

function connectionCause(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return 'the database refuses connections';
  if (code === 'ENOTFOUND') return 'the host of the database is not known';
  if (/CERT|TLS/.test(code)) return 'the certificate of the database is not trusted';
  if (refusesTls(error)) return 'the database does not offer TLS';
  return 'the database does not answer';
}

const refusesTls = (error: unknown): boolean => messageOf(error).includes('not support SSL');

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

/** Five characters. Errors of the socket have a code too, such as ECONNREFUSED, and some that pg makes have none. */
const isSqlState = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code);

function codeOf(error: unknown): string {
  const isCoded = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return isCoded ? (error.code as string) : '';
}

/** PostgreSQL names its constraints `clients_name_key` and `clients_pkey`. */
function takenColumn({ table = 'the table', constraint = '' }): StoreConflict {
  const column = constraint.replace(`${table}_`, '').replace(/_key$/, '');
  return taken(table, column === 'pkey' ? 'key' : column);
}
