import { parseJsonBody } from './body/json.ts';
import { parseMultipartBody } from './body/multipart.ts';
import type { MultipartBody, MultipartPart } from './body/multipart.ts';
import { isStrictError } from './body/multipartFlags.ts';
import type { MultipartFlags } from './body/multipartFlags.ts';
import { parseXmlBody } from './body/xml.ts';
import { Entry } from './entry.ts';
import { parseQueryString } from './queryString.ts';
import { RequestBodyError } from './requestBodyError.ts';
import { setCombinedArguments } from './requestVariables.ts';
import type { ArgumentSyntax } from './requestVariables.ts';
import type { VariableStore } from './variableStore.ts';

/** How a body is read, and how much of it. */
export interface BodyReading extends ArgumentSyntax {
  /** Null when nothing in the request says what the body is. */
  readonly processor: string | null;
  readonly contentType: string;
  readonly depthMax: number;
  readonly partsMax: number;
}

/** The processor that a Content-Type header asks for, or null. */
export function processorFor(contentType: string): string | null {
  const lower = contentType.toLowerCase();
  const semicolon = lower.indexOf(';');
  const mediaType = (semicolon === -1 ? lower : lower.slice(0, semicolon)).trim();
  if (mediaType === 'application/x-www-form-urlencoded') return 'URLENCODED';
  if (lower.startsWith('multipart/form-data')) return 'MULTIPART';
  if (mediaType === 'application/json' || mediaType.endsWith('+json')) return 'JSON';
  const isXml =
    mediaType === 'text/xml' || mediaType === 'application/xml' || mediaType.endsWith('+xml');
  return isXml ? 'XML' : null;
}

/** Set the variables that a body's arguments, files and XML fill. A body that cannot be parsed sets REQBODY_ERROR. */
export function setBodyVariables(store: VariableStore, body: string, reading: BodyReading): void {
  try {
    readBody(store, body, reading);
  } catch (error) {
    if (!(error instanceof RequestBodyError)) throw error;
    setBodyError(store, error.message);
  }
  setCombinedArguments(store);
}

/** Set REQBODY_ERROR and its message. */
export function setBodyError(store: VariableStore, message: string): void {
  store.setScalar('REQBODY_ERROR', 1);
  store.setScalar('REQBODY_ERROR_MSG', message);
  store.setScalar('REQBODY_PROCESSOR_ERROR', 1);
  store.setScalar('REQBODY_PROCESSOR_ERROR_MSG', message);
}

function readBody(store: VariableStore, body: string, reading: BodyReading): void {
  const { argumentsMax, depthMax } = reading;
  switch (reading.processor) {
    case null:
      return;
    case 'URLENCODED':
      return readUrlEncoded(store, body, reading);
    case 'MULTIPART':
      return readMultipart(store, body, reading);
    case 'JSON':
      store.setFixed('ARGS_POST', parseJsonBody(body, 'ARGS_POST', { depthMax, argumentsMax }));
      return;
    case 'XML':
      store.xml = parseXmlBody(body, { depthMax, argumentsMax });
      return;
    default:
      throw new RequestBodyError(`unknown body processor ${reading.processor}`);
  }
}

function readUrlEncoded(store: VariableStore, body: string, reading: BodyReading): void {
  const parsed = parseQueryString(body, 'ARGS_POST', reading.separator, reading.argumentsMax);
  store.setFixed('ARGS_POST', parsed.entries);
  if (parsed.invalidEncodings > 0) store.setScalar('URLENCODED_ERROR', 1);
  if (parsed.tooMany) throw new RequestBodyError('too many arguments');
}

function readMultipart(store: VariableStore, body: string, reading: BodyReading): void {
  const limits = { partsMax: reading.partsMax };
  const multipart = parseMultipartBody(body, reading.contentType, limits);
  setMultipartFlags(store, multipart.flags);
  setParts(store, multipart);
  if (multipart.error !== null) throw new RequestBodyError(multipart.error);
}

function setParts(store: VariableStore, { parts, headers }: MultipartBody): void {
  const isFile = ({ filename }: MultipartPart): boolean => filename !== null;
  const files = parts.filter(isFile);
  const entries = (
    variable: string,
    of: readonly MultipartPart[],
    value: (part: MultipartPart) => string,
  ): void =>
    store.setFixed(
      variable,
      of.map((part) => new Entry(variable, part.name, value(part))),
    );
  entries(
    'ARGS_POST',
    parts.filter((part) => !isFile(part)),
    ({ value }) => value,
  );
  entries('FILES', files, ({ filename }) => filename ?? '');
  entries('FILES_NAMES', files, ({ name }) => name);
  entries('FILES_SIZES', files, ({ value }) => String(value.length));
  entries('FILES_TMP_CONTENT', files, ({ value }) => value);
  entries('MULTIPART_FILENAME', files, ({ filename }) => filename ?? '');
  entries('MULTIPART_NAME', parts, ({ name }) => name);
  store.setScalar(
    'FILES_COMBINED_SIZE',
    files.reduce((sum, { value }) => sum + value.length, 0),
  );
  const headerEntries = headers.map(
    ({ part, line }) => new Entry('MULTIPART_PART_HEADERS', part, line),
  );
  store.setFixed('MULTIPART_PART_HEADERS', headerEntries);
}

function setMultipartFlags(store: VariableStore, flags: MultipartFlags): void {
  store.setScalar('MULTIPART_BOUNDARY_QUOTED', flags.boundaryQuoted);
  store.setScalar('MULTIPART_BOUNDARY_WHITESPACE', flags.boundaryWhitespace);
  store.setScalar('MULTIPART_CRLF_LF_LINES', flags.crlfLine && flags.lfLine);
  store.setScalar('MULTIPART_DATA_AFTER', flags.dataAfter);
  store.setScalar('MULTIPART_DATA_BEFORE', flags.dataBefore);
  store.setScalar('MULTIPART_FILE_LIMIT_EXCEEDED', flags.fileLimitExceeded);
  store.setScalar('MULTIPART_HEADER_FOLDING', flags.headerFolding);
  store.setScalar('MULTIPART_INVALID_HEADER_FOLDING', flags.invalidHeaderFolding);
  store.setScalar('MULTIPART_INVALID_PART', flags.invalidPart);
  store.setScalar('MULTIPART_INVALID_QUOTING', flags.invalidQuoting);
  store.setScalar('MULTIPART_LF_LINE', flags.lfLine);
  store.setScalar('MULTIPART_MISSING_SEMICOLON', flags.missingSemicolon);
  store.setScalar('MULTIPART_STRICT_ERROR', isStrictError(flags));
  store.setScalar('MULTIPART_UNMATCHED_BOUNDARY', flags.unmatchedBoundary);
}
