/** A request of a file, as rules are to see it. */
export interface TestRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

const methods = '[A-Z]{3,10}';
const raw = new RegExp(`^${methods} \\S+ HTTP/1\\.[01]\\r?\\n`);

/**
 * Requests in a file: either one a line as `method<TAB>target<TAB>content type<TAB>body in base64`, lines with `#` aside, or
 * one whole HTTP/1.1 message. Null when it is neither.
 */
export function readTestRequests(bytes: Buffer): readonly TestRequest[] | null {
  const text = bytes.toString('latin1');
  if (raw.test(text)) return [readMessage(text)];
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const requests = lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map(readLine);
  return requests.every((one) => one !== null) ? requests : null;
}

function readLine(line: string): TestRequest | null {
  const [method, target, contentType = '', body = '', ...rest] = line.split('\t');
  if (!method || !target || rest.length > 0 || !new RegExp(`^${methods}$`).test(method))
    return null;
  const bytes = Buffer.from(body, 'base64');
  return {
    method,
    target,
    headers: [
      ['host', 'localhost'],
      ['user-agent', 'filmgate waf test'],
      ['accept', 'application/json'],
      ...(contentType === '' ? [] : [['content-type', contentType] as const]),
      ...(bytes.length === 0 ? [] : [['content-length', String(bytes.length)] as const]),
    ],
    body: bytes,
  };
}

function readMessage(text: string): TestRequest {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end === null ? text : text.slice(0, end.index);
  const body = end === null ? '' : text.slice(end.index + end[0].length);
  const [start = '', ...fields] = head.split(/\r?\n/);
  const [method = '', target = ''] = start.split(' ');
  const headers = fields.map((field) => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
  });
  return { method, target, headers, body: Buffer.from(body, 'latin1') };
}
