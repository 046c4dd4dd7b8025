import { Entry } from './entry.ts';
import { WRITABLE_COLLECTIONS } from './variableStore.ts';
import type { VariableStore, WritableCollection } from './variableStore.ts';

/** A variable that a rule may name. */
export interface Variable {
  readonly name: string;
  /** True when `NAME:key` may select from it. */
  readonly isCollection: boolean;
  /** True when its entries can change while rules of one phase run. */
  readonly isVolatile: boolean;
  readonly read: (store: VariableStore) => readonly Entry[];
  /** The entries of one lower-case key, where that is faster than a search. */
  readonly find?: (store: VariableStore, lowerKey: string) => readonly Entry[];
}

const SCALARS = [
  'ARGS_COMBINED_SIZE',
  'AUTH_TYPE',
  'DURATION',
  'FILES_COMBINED_SIZE',
  'FULL_REQUEST',
  'FULL_REQUEST_LENGTH',
  'INBOUND_DATA_ERROR',
  'MULTIPART_BOUNDARY_QUOTED',
  'MULTIPART_BOUNDARY_WHITESPACE',
  'MULTIPART_CRLF_LF_LINES',
  'MULTIPART_DATA_AFTER',
  'MULTIPART_DATA_BEFORE',
  'MULTIPART_FILE_LIMIT_EXCEEDED',
  'MULTIPART_HEADER_FOLDING',
  'MULTIPART_INVALID_HEADER_FOLDING',
  'MULTIPART_INVALID_PART',
  'MULTIPART_INVALID_QUOTING',
  'MULTIPART_LF_LINE',
  'MULTIPART_MISSING_SEMICOLON',
  'MULTIPART_STRICT_ERROR',
  'MULTIPART_UNMATCHED_BOUNDARY',
  'OUTBOUND_DATA_ERROR',
  'PATH_INFO',
  'QUERY_STRING',
  'REMOTE_ADDR',
  'REMOTE_HOST',
  'REMOTE_PORT',
  'REMOTE_USER',
  'REQBODY_ERROR',
  'REQBODY_ERROR_MSG',
  'REQBODY_PROCESSOR',
  'REQBODY_PROCESSOR_ERROR',
  'REQBODY_PROCESSOR_ERROR_MSG',
  'REQUEST_BASENAME',
  'REQUEST_BODY',
  'REQUEST_BODY_LENGTH',
  'REQUEST_FILENAME',
  'REQUEST_LINE',
  'REQUEST_METHOD',
  'REQUEST_PROTOCOL',
  'REQUEST_URI',
  'REQUEST_URI_RAW',
  'RESPONSE_BODY',
  'RESPONSE_CONTENT_LENGTH',
  'RESPONSE_CONTENT_TYPE',
  'RESPONSE_PROTOCOL',
  'RESPONSE_STATUS',
  'SERVER_ADDR',
  'SERVER_NAME',
  'SERVER_PORT',
  'SESSIONID',
  'STATUS_LINE',
  'TIME',
  'TIME_DAY',
  'TIME_EPOCH',
  'TIME_HOUR',
  'TIME_MIN',
  'TIME_MON',
  'TIME_SEC',
  'TIME_WDAY',
  'TIME_YEAR',
  'UNIQUE_ID',
  'URLENCODED_ERROR',
  'USERID',
  'WEBAPPID',
];

const COLLECTIONS = [
  'ARGS',
  'ARGS_GET',
  'ARGS_GET_NAMES',
  'ARGS_NAMES',
  'ARGS_POST',
  'ARGS_POST_NAMES',
  'ENV',
  'FILES',
  'FILES_NAMES',
  'FILES_SIZES',
  'FILES_TMPNAMES',
  'FILES_TMP_CONTENT',
  'GEO',
  'MULTIPART_FILENAME',
  'MULTIPART_NAME',
  'MULTIPART_PART_HEADERS',
  'REQUEST_COOKIES',
  'REQUEST_COOKIES_NAMES',
  'REQUEST_HEADERS',
  'REQUEST_HEADERS_NAMES',
  'RESPONSE_HEADERS',
  'RESPONSE_HEADERS_NAMES',
];

const NONE: readonly Entry[] = [];
const table = new Map<string, Variable>();

function add(variable: Variable): void {
  table.set(variable.name, variable);
}

for (const name of SCALARS) {
  add({ name, isCollection: false, isVolatile: false, read: (store) => store.fixed(name) });
}
for (const name of COLLECTIONS) {
  add({
    name,
    isCollection: true,
    isVolatile: false,
    read: (store) => store.fixed(name),
    find: (store, lowerKey) => store.fixedByKey(name, lowerKey),
  });
}
for (const name of WRITABLE_COLLECTIONS) addWritable(name);

function addWritable(name: WritableCollection): void {
  add({
    name,
    isCollection: true,
    isVolatile: true,
    read: (store) => [...store.writable(name).values()],
    find: (store, lowerKey) => {
      const entry = store.writable(name).get(lowerKey);
      return entry === undefined ? NONE : [entry];
    },
  });
}

function addVolatile(
  name: string,
  isCollection: boolean,
  read: (store: VariableStore) => readonly Entry[],
): void {
  add({ name, isCollection, isVolatile: true, read });
}

addVolatile('MATCHED_VAR', false, (store) =>
  store.lastMatched === null ? NONE : [new Entry('MATCHED_VAR', '', store.lastMatched.value)],
);
addVolatile('MATCHED_VAR_NAME', false, (store) =>
  store.lastMatched === null ? NONE : [new Entry('MATCHED_VAR_NAME', '', store.lastMatched.name)],
);
addVolatile('MATCHED_VARS', true, (store) =>
  store.matched.map(({ name, value }) => new Entry('MATCHED_VARS', name, value)),
);
addVolatile('MATCHED_VARS_NAMES', true, (store) =>
  store.matched.map(({ name }) => new Entry('MATCHED_VARS_NAMES', name, name)),
);
addVolatile('RULE', true, (store) => store.rule);
addVolatile('HIGHEST_SEVERITY', false, (store) => [
  new Entry('HIGHEST_SEVERITY', '', String(store.highestSeverity)),
]);

const STRICT_NAME = table.get('MULTIPART_MISSING_SEMICOLON');
if (STRICT_NAME !== undefined) table.set('MULTIPART_SEMICOLON_MISSING', STRICT_NAME);

/** Variables that exist but hold nothing, since the engine has no clock, no files and no log-in. */
export const ALWAYS_EMPTY: readonly string[] = [
  'AUTH_TYPE',
  'DURATION',
  'FILES_TMPNAMES',
  'GEO',
  'PATH_INFO',
  'REMOTE_USER',
  'SESSIONID',
  'USERID',
];

/** Every variable the engine knows, by upper-case name. */
export const VARIABLES: ReadonlyMap<string, Variable> = table;
