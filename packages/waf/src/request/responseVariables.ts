import { nameEntries } from './entry.ts';
import { headerEntries, headerValue } from './headers.ts';
import type { ResponseInput } from './transactionInput.ts';
import type { VariableStore } from './variableStore.ts';

/** Set the variables of a response's head. */
export function setResponseVariables(store: VariableStore, response: ResponseInput): void {
  const { status, headers, protocol = store.scalar('REQUEST_PROTOCOL') } = response;
  const entries = headerEntries(headers, 'RESPONSE_HEADERS');
  store.setFixed('RESPONSE_HEADERS', entries);
  store.setLazy('RESPONSE_HEADERS_NAMES', () => nameEntries('RESPONSE_HEADERS_NAMES', entries));
  store.setScalar('RESPONSE_STATUS', status);
  store.setScalar('RESPONSE_PROTOCOL', protocol);
  store.setScalar('STATUS_LINE', `${protocol} ${status}`);
  const contentType = headerValue(headers, 'content-type');
  if (contentType !== null) store.setScalar('RESPONSE_CONTENT_TYPE', contentType);
  const contentLength = headerValue(headers, 'content-length');
  if (contentLength !== null) store.setScalar('RESPONSE_CONTENT_LENGTH', contentLength);
}

/** The media type of a Content-Type header in lower case. */
export function mediaTypeOf(contentType: string): string {
  const semicolon = contentType.indexOf(';');
  return (semicolon === -1 ? contentType : contentType.slice(0, semicolon)).trim().toLowerCase();
}
