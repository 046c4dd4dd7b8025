import { RequestBodyError } from '../requestBodyError.ts';
import { parseBoundary } from './multipartBoundary.ts';
import { parseContentDisposition } from './contentDisposition.ts';
import { noMultipartFlags } from './multipartFlags.ts';
import type { MultipartFlags } from './multipartFlags.ts';

export interface MultipartPart {
  readonly name: string;
  /** Null for a form field. */
  readonly filename: string | null;
  readonly value: string;
}

export interface MultipartLimits {
  /** Most parts, files and fields together. */
  readonly partsMax: number;
}

/** What was read: on an error, what stood before it. */
export interface MultipartBody {
  readonly parts: MultipartPart[];
  /** Every part header line with its part's name, if known: MULTIPART_PART_HEADERS. */
  readonly headers: { part: string; line: string }[];
  readonly flags: MultipartFlags;
  /** Why the body cannot be parsed; null when it was. */
  readonly error: string | null;
}

/** Parse multipart/form-data (RFC 7578) strictly. Never throws: an error stands in the result. */
export function parseMultipartBody(
  body: string,
  contentType: string,
  limits: MultipartLimits,
): MultipartBody {
  const reader = new MultipartReader(body, limits);
  try {
    reader.read(contentType);
    return reader.result(null);
  } catch (error) {
    if (!(error instanceof RequestBodyError)) throw error;
    return reader.result(error.message);
  }
}

type State = 'before' | 'headers' | 'data' | 'complete';

class MultipartReader {
  readonly #body: string;
  readonly #limits: MultipartLimits;
  readonly #flags = noMultipartFlags();
  readonly #parts: MultipartPart[] = [];
  readonly #headers: { part: string; line: string }[] = [];
  #state: State = 'before';
  #partHeaders = new Map<string, string>();
  #partLines: { part: string; line: string }[] = [];
  #lastHeader = '';
  #part: { name: string; filename: string | null } | null = null;
  #dataStart = 0;

  constructor(body: string, limits: MultipartLimits) {
    this.#body = body;
    this.#limits = limits;
  }

  result(error: string | null): MultipartBody {
    if (error !== null) this.#flags.error = true;
    return { parts: this.#parts, headers: this.#headers, flags: this.#flags, error };
  }

  read(contentType: string): void {
    const mark = `--${parseBoundary(contentType, this.#flags)}`;
    const body = this.#body;
    for (let at = 0; at < body.length;) {
      const newline = body.indexOf('\n', at);
      const next = newline === -1 ? body.length : newline + 1;
      if (body.startsWith('--', at)) this.#dashes(mark, at, next);
      else this.#line(at, next);
      at = next;
    }
    if (this.#state !== 'complete') {
      throw fault(
        this.#state === 'before' ? 'No boundaries found in payload.' : 'Final boundary missing.',
      );
    }
  }

  /** A line that starts as a boundary does. */
  #dashes(mark: string, at: number, next: number): void {
    if (!this.#body.startsWith(mark, at)) {
      if (this.#state !== 'complete') this.#flags.unmatchedBoundary = true;
      this.#line(at, next);
      return;
    }
    const rest = this.#body.slice(at + mark.length, next);
    const final = rest.startsWith('--');
    const end = final ? rest.slice(2) : rest;
    if (end === '\n') this.#flags.lfLine = true;
    else if (end === '\r\n') this.#flags.crlfLine = true;
    else if (!final || end !== '') throw fault(`Invalid boundary: ${mark}${rest.trimEnd()}`);
    this.#boundary(at, final);
  }

  #boundary(at: number, final: boolean): void {
    if (this.#state === 'complete') throw fault('Invalid boundary (final duplicate).');
    if (this.#state === 'headers') throw fault('Part headers are never ended.');
    if (this.#state === 'data') this.#finishPart(at);
    this.#state = final ? 'complete' : 'headers';
    this.#partHeaders = new Map();
    this.#partLines = [];
    this.#lastHeader = '';
    this.#part = null;
  }

  #finishPart(end: number): void {
    if (this.#part === null) return;
    if (this.#parts.length >= this.#limits.partsMax) {
      this.#flags.fileLimitExceeded = true;
      throw fault('Too many parts.');
    }
    this.#parts.push({
      ...this.#part,
      value: this.#body.slice(this.#dataStart, this.#dataEnd(end)),
    });
  }

  /** The line end before a boundary belongs to the boundary. */
  #dataEnd(end: number): number {
    let at = end;
    if (at > this.#dataStart && this.#body[at - 1] === '\n') at--;
    if (at > this.#dataStart && this.#body[at - 1] === '\r') at--;
    return at;
  }

  #line(at: number, next: number): void {
    switch (this.#state) {
      case 'before':
        this.#flags.dataBefore = true;
        return;
      case 'complete':
        this.#flags.dataAfter = true;
        return;
      case 'data':
        return;
      case 'headers':
        this.#headerLine(this.#body.slice(at, next), next);
    }
  }

  #headerLine(raw: string, next: number): void {
    if (raw.includes('\0')) {
      this.#headers.push({ part: '', line: withoutLineEnd(raw) });
      throw fault('Nul byte in part headers.');
    }
    if (raw.endsWith('\r\n')) this.#flags.crlfLine = true;
    else this.#flags.lfLine = true;
    const line = withoutLineEnd(raw);
    if (line === '') this.#endHeaders(next);
    else if (' \t\r\v\f'.includes(line.charAt(0))) this.#foldedLine(line);
    else this.#newHeader(line);
  }

  #newHeader(line: string): void {
    const record = { part: '', line };
    this.#partLines.push(record);
    this.#headers.push(record);
    const colon = line.indexOf(':');
    if (colon === -1) throw fault(`Invalid part header (colon missing): ${line}`);
    if (colon === 0) throw fault('Invalid part header (header name missing).');
    const name = line.slice(0, colon);
    for (const character of name) {
      if (character <= ' ' || character >= '\x7f') {
        throw fault('Invalid part header (contains invalid character).');
      }
    }
    const lowerName = name.toLowerCase();
    if (this.#partHeaders.has(lowerName)) throw fault(`Duplicate part header: ${name}.`);
    this.#partHeaders.set(lowerName, trimBlanks(line.slice(colon + 1)));
    this.#lastHeader = lowerName;
  }

  #foldedLine(line: string): void {
    this.#flags.headerFolding = true;
    if (line[0] !== ' ' && line[0] !== '\t') this.#flags.invalidHeaderFolding = true;
    const value = this.#partHeaders.get(this.#lastHeader);
    const record = this.#partLines.at(-1);
    if (value === undefined || record === undefined)
      throw fault('Invalid part header (folding error).');
    this.#partHeaders.set(this.#lastHeader, `${value} ${line.trim()}`);
    record.line += ` ${line.trim()}`;
  }

  #endHeaders(dataStart: number): void {
    const disposition = this.#partHeaders.get('content-disposition');
    if (disposition === undefined) throw fault('Part missing Content-Disposition header.');
    this.#part = parseContentDisposition(disposition, this.#flags);
    for (const record of this.#partLines) record.part = this.#part.name;
    this.#state = 'data';
    this.#dataStart = dataStart;
  }
}

function withoutLineEnd(raw: string): string {
  if (raw.endsWith('\r\n')) return raw.slice(0, -2);
  return raw.endsWith('\n') ? raw.slice(0, -1) : raw;
}

function trimBlanks(text: string): string {
  let start = 0;
  while (text[start] === ' ' || text[start] === '\t') start++;
  return text.slice(start);
}

function fault(reason: string): RequestBodyError {
  return new RequestBodyError(`Multipart parsing error: Multipart: ${reason}`);
}
