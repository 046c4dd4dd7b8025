import { RequestBodyError } from '../requestBodyError.ts';
import type { MultipartFlags } from './multipartFlags.ts';

const MEDIA_TYPE = 'multipart/form-data';
const CONTENT_TYPE_BYTES_MAX = 1024;
const BOUNDARY_CHARACTERS =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=? ";

/**
 * The boundary of a multipart Content-Type header (RFC 2046, section 5.1.1). Only one parameter, the
 * boundary, is understood; anything else raises RequestBodyError, since a backend may read it another way.
 */
export function parseBoundary(contentType: string, flags: MultipartFlags): string {
  if (contentType.length > CONTENT_TYPE_BYTES_MAX) throw invalid('length');
  const lower = contentType.toLowerCase();
  if (!lower.startsWith(MEDIA_TYPE))
    throw new RequestBodyError('Multipart parsing error: Invalid MIME type.');
  if (countBoundaryWords(lower) > 1) throw invalid('more than one parameter');
  const word = contentType.indexOf('boundary');
  if (word === -1) throw invalid(lower.includes('boundary') ? 'case sensitivity' : 'missing');

  const before = withoutBlanks(contentType.slice(MEDIA_TYPE.length, word));
  if (before === '') flags.missingSemicolon = true;
  else if (before !== ';') throw invalid('malformed');

  const equals = contentType.indexOf('=', word);
  if (equals === -1) throw invalid('malformed');
  const nameEnd = contentType.slice(word + 'boundary'.length, equals);
  if (withoutBlanks(nameEnd) !== '') throw invalid('parameter name');
  const value = contentType.slice(equals + 1);
  if (nameEnd !== '' || isBlank(value[0] ?? '')) flags.boundaryWhitespace = true;
  return checkedBoundary(value, flags);
}

function checkedBoundary(value: string, flags: MultipartFlags): string {
  const opens = value.startsWith('"');
  const closes = value.length >= 2 && value.endsWith('"');
  if (opens !== closes) throw invalid('quote');
  if (opens) flags.boundaryQuoted = true;
  const boundary = opens ? value.slice(1, -1) : value;
  if (boundary === '') throw invalid('empty');
  if (boundary.toLowerCase().includes('boundary=')) throw invalid('content');
  for (const character of boundary) {
    if (!BOUNDARY_CHARACTERS.includes(character)) throw invalid('characters');
  }
  if (boundary.endsWith(' ')) throw invalid('characters');
  return boundary;
}

function countBoundaryWords(lower: string): number {
  let count = 0;
  for (let at = lower.indexOf('boundary'); at !== -1; at = lower.indexOf('boundary', at + 8)) {
    if (lower.includes('=', at)) count++;
  }
  return count;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}

function withoutBlanks(text: string): string {
  return text.replaceAll(' ', '').replaceAll('\t', '');
}

function invalid(what: string): RequestBodyError {
  return new RequestBodyError(
    `Multipart parsing error: Multipart: Invalid boundary in C-T (${what}).`,
  );
}
