import type { StageInput } from './testFile.ts';

const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE'];
const FORM = 'application/x-www-form-urlencoded';

/**
 * The bytes that the CRS project's test client sends for a stage, as a latin1 byte string: it adds
 * Connection, Content-Length and, with data, the form's Content-Type; encodes plain form data; and
 * ends the lines of multipart bodies with CRLF.
 */
export function wireRequest(input: StageInput): string {
  if (input.encodedRequest !== null)
    return Buffer.from(input.encodedRequest, 'base64').toString('latin1');
  const headers = input.headers.map(([name, value]): [string, string] => [utf8(name), utf8(value)]);
  const body = bodyOf(input, headers);
  if (input.autocompleteHeaders) {
    if (valueOf(headers, 'connection') === null) headers.push(['Connection', 'close']);
    const isSized = valueOf(headers, 'content-length') !== null;
    if (!isSized && (body !== '' || METHODS_WITH_BODY.includes(input.method))) {
      headers.push(['Content-Length', String(body.length)]);
    }
  }
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${utf8(input.method)} ${utf8(input.uri)} ${input.version}\r\n${fields}\r\n${body}`;
}

function bodyOf(input: StageInput, headers: [string, string][]): string {
  let body =
    input.data === null
      ? Buffer.from(input.encodedData ?? '', 'base64').toString('latin1')
      : utf8(expandTemplate(input.data));
  if (body !== '' && input.autocompleteHeaders) {
    if (valueOf(headers, 'content-type') === null) headers.push(['Content-Type', FORM]);
    if (valueOf(headers, 'content-type')?.toLowerCase() === FORM && isPlain(body))
      body = encodeForm(body);
  }
  const isMultipart = (valueOf(headers, 'content-type') ?? '')
    .toLowerCase()
    .includes('multipart/form-data;');
  return isMultipart ? body.replaceAll('\n', '\r\n') : body;
}

/** The template that two files use: `{{ "1" | repeat 64200 }}`. */
function expandTemplate(data: string): string {
  return data.replace(
    /\{\{\s*"([^"]*)"\s*\|\s*repeat\s+(\d+)\s*\}\}/g,
    (_all, text: string, count: string) => text.repeat(Number(count)),
  );
}

/** Whether decoding would change nothing, which the client takes for data that is not encoded yet. */
function isPlain(data: string): boolean {
  return !data.includes('+') && !data.includes('%');
}

function encodeForm(data: string): string {
  return data
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals === -1) return encodeComponent(pair);
      return `${encodeComponent(pair.slice(0, equals))}=${encodeComponent(pair.slice(equals + 1))}`;
    })
    .join('&');
}

function encodeComponent(text: string): string {
  return text.replace(/[^A-Za-z0-9\-_.~]/g, (character) =>
    character === ' '
      ? '+'
      : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function valueOf(
  headers: readonly (readonly [string, string])[],
  lowerName: string,
): string | null {
  return headers.find(([name]) => name.toLowerCase() === lowerName)?.[1] ?? null;
}

function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
