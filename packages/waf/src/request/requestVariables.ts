import { inspectedArguments } from './inspectedArguments.ts';
import { parseCookies } from './cookies.ts';
import { Entry, nameEntries } from './entry.ts';
import { headerEntries, headerValue } from './headers.ts';
import { parseQueryString } from './queryString.ts';
import type { ParsedArguments } from './queryString.ts';
import { parseRequestTarget } from './requestTarget.ts';
import type { TransactionInput } from './transactionInput.ts';
import type { VariableStore } from './variableStore.ts';

export interface ArgumentSyntax {
  readonly separator: string;
  readonly argumentsMax: number;
}

/** Set the variables of the request's head. Returns true when the query has more arguments than allowed. */
export function setRequestVariables(
  store: VariableStore,
  request: TransactionInput,
  syntax: ArgumentSyntax,
): boolean {
  setRequestLine(store, request);
  setHeaders(store, request);
  setConnection(store, request);
  const query = setQueryArguments(store, syntax);
  store.setFixed('ARGS_POST', []);
  setCombinedArguments(store);
  store.setScalar('URLENCODED_ERROR', query.invalidEncodings > 0);
  store.setScalar('REQBODY_ERROR', 0);
  store.setScalar('REQBODY_PROCESSOR_ERROR', 0);
  store.setScalar('INBOUND_DATA_ERROR', 0);
  store.setScalar('OUTBOUND_DATA_ERROR', 0);
  store.setScalar('FILES_COMBINED_SIZE', 0);
  store.setScalar('REQUEST_BODY_LENGTH', 0);
  return query.tooMany;
}

function setRequestLine(store: VariableStore, request: TransactionInput): void {
  const { method, uri, protocol } = request;
  const target = parseRequestTarget(uri);
  store.setScalar('REQUEST_LINE', `${method} ${uri}${protocol === '' ? '' : ` ${protocol}`}`);
  store.setScalar('REQUEST_METHOD', method);
  store.setScalar('REQUEST_PROTOCOL', protocol);
  store.setScalar('REQUEST_URI_RAW', uri);
  store.setScalar('REQUEST_URI', target.uri);
  store.setScalar('REQUEST_FILENAME', target.path);
  store.setScalar('REQUEST_BASENAME', target.basename);
  if (target.query !== null) store.setScalar('QUERY_STRING', target.query);
}

function setHeaders(store: VariableStore, { headers }: TransactionInput): void {
  const entries = headerEntries(headers, 'REQUEST_HEADERS');
  store.setFixed('REQUEST_HEADERS', entries);
  store.setLazy('REQUEST_HEADERS_NAMES', () => nameEntries('REQUEST_HEADERS_NAMES', entries));
  const cookies = entries
    .filter(({ lowerKey }) => lowerKey === 'cookie')
    .flatMap(({ value }) => parseCookies(value, 'REQUEST_COOKIES'));
  store.setFixed('REQUEST_COOKIES', cookies);
  store.setLazy('REQUEST_COOKIES_NAMES', () => nameEntries('REQUEST_COOKIES_NAMES', cookies));
  const host = headerValue(headers, 'host');
  if (host !== null) store.setScalar('SERVER_NAME', withoutPort(host));
}

function withoutPort(host: string): string {
  const colon = host.lastIndexOf(':');
  return colon > host.lastIndexOf(']') ? host.slice(0, colon) : host;
}

function setConnection(store: VariableStore, request: TransactionInput): void {
  const { remoteAddress, remotePort, serverAddress, serverPort, id, timeMs } = request;
  if (remoteAddress !== undefined) {
    store.setScalar('REMOTE_ADDR', remoteAddress);
    store.setScalar('REMOTE_HOST', remoteAddress);
  }
  if (remotePort !== undefined) store.setScalar('REMOTE_PORT', remotePort);
  if (serverAddress !== undefined) store.setScalar('SERVER_ADDR', serverAddress);
  if (serverPort !== undefined) store.setScalar('SERVER_PORT', serverPort);
  store.setScalar('UNIQUE_ID', id ?? '');
  if (timeMs !== undefined) setTime(store, new Date(timeMs));
}

function setTime(store: VariableStore, time: Date): void {
  store.setScalar('TIME', time.toISOString().slice(11, 19));
  store.setScalar('TIME_DAY', time.getUTCDate());
  store.setScalar('TIME_EPOCH', Math.floor(time.getTime() / 1000));
  store.setScalar('TIME_HOUR', time.getUTCHours());
  store.setScalar('TIME_MIN', time.getUTCMinutes());
  store.setScalar('TIME_MON', time.getUTCMonth() + 1);
  store.setScalar('TIME_SEC', time.getUTCSeconds());
  store.setScalar('TIME_WDAY', time.getUTCDay());
  store.setScalar('TIME_YEAR', time.getUTCFullYear());
}

function setQueryArguments(store: VariableStore, syntax: ArgumentSyntax): ParsedArguments {
  const query = store.scalar('QUERY_STRING');
  const parsed = parseQueryString(query, 'ARGS_GET', syntax.separator, syntax.argumentsMax);
  store.setFixed('ARGS_GET', parsed.entries);
  store.setLazy('ARGS_GET_NAMES', () => nameEntries('ARGS_GET_NAMES', parsed.entries));
  return parsed;
}

/** Set the variables of the whole request, as it would stand on the wire. */
export function setFullRequest(
  store: VariableStore,
  request: TransactionInput,
  body: string,
): void {
  const full = (): string => {
    const fields = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return `${store.scalar('REQUEST_LINE')}\r\n${fields}\r\n${body}`;
  };
  store.setLazy('FULL_REQUEST', () => [new Entry('FULL_REQUEST', '', full())]);
  store.setLazy('FULL_REQUEST_LENGTH', () => [
    new Entry('FULL_REQUEST_LENGTH', '', String(full().length)),
  ]);
}

/** Set the variables that hold the arguments of query and body together. */
export function setCombinedArguments(store: VariableStore): void {
  const all = [...store.fixed('ARGS_GET'), ...store.fixed('ARGS_POST')];
  const { inspection } = store;
  store.setLazy('ARGS', () => inspectedArguments(all, inspection));
  store.setLazy('ARGS_NAMES', () => nameEntries('ARGS_NAMES', all));
  store.setLazy('ARGS_POST_NAMES', () => nameEntries('ARGS_POST_NAMES', store.fixed('ARGS_POST')));
  const size = all.reduce((sum, { key, value }) => sum + key.length + value.length, 0);
  store.setScalar('ARGS_COMBINED_SIZE', size);
}
