import type { CorpusRequest } from './corpusRequest.ts';

/**
 * Read one request of a corpus file: `method<TAB>target<TAB>content-type<TAB>base64 body`, the last
 * two possibly empty. Throws a RangeError with the line's number when it has another form.
 */
export function parseRequestLine(line: string, number: number): CorpusRequest {
  const fields = line.split('\t');
  const [method = '', target = '', contentType = '', body = ''] = fields;
  if (fields.length < 2 || fields.length > 4 || method === '' || target === '') {
    throw new RangeError(
      `line ${number}: want method, target, content type and base64 body, parted by tabs`,
    );
  }
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body))
    throw new RangeError(`line ${number}: the body is no base64`);
  return { method, target, contentType, body: Buffer.from(body, 'base64') };
}
