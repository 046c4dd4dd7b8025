import { base64Decode } from './base64Decode.ts';
import { base64DecodeExt } from './base64DecodeExt.ts';
import { base64Encode } from './base64Encode.ts';
import { cmdLine } from './cmdLine.ts';
import { compressWhitespace } from './compressWhitespace.ts';
import { cssDecode } from './cssDecode.ts';
import { escapeSeqDecode } from './escapeSeqDecode.ts';
import { hexDecode } from './hexDecode.ts';
import { hexEncode } from './hexEncode.ts';
import { htmlEntityDecode } from './htmlEntityDecode.ts';
import { jsDecode } from './jsDecode.ts';
import { length } from './length.ts';
import { lowercase } from './lowercase.ts';
import { md5 } from './md5.ts';
import { normalizePath } from './normalizePath.ts';
import { normalizePathWin } from './normalizePathWin.ts';
import { removeComments } from './removeComments.ts';
import { removeCommentsChar } from './removeCommentsChar.ts';
import { removeNulls } from './removeNulls.ts';
import { removeWhitespace } from './removeWhitespace.ts';
import { replaceComments } from './replaceComments.ts';
import { replaceNulls } from './replaceNulls.ts';
import { sha1 } from './sha1.ts';
import { sqlHexDecode } from './sqlHexDecode.ts';
import { trim } from './trim.ts';
import { trimLeft } from './trimLeft.ts';
import { trimRight } from './trimRight.ts';
import { uppercase } from './uppercase.ts';
import { urlDecode } from './urlDecode.ts';
import { urlDecodeUni } from './urlDecodeUni.ts';
import { urlEncode } from './urlEncode.ts';
import { utf8toUnicode } from './utf8toUnicode.ts';
import type { Transformation } from './transformation.ts';

const ALL: readonly Transformation[] = [
  base64Decode,
  base64DecodeExt,
  base64Encode,
  cmdLine,
  compressWhitespace,
  cssDecode,
  escapeSeqDecode,
  hexDecode,
  hexEncode,
  htmlEntityDecode,
  jsDecode,
  length,
  lowercase,
  md5,
  normalizePath,
  normalizePathWin,
  removeComments,
  removeCommentsChar,
  removeNulls,
  removeWhitespace,
  replaceComments,
  replaceNulls,
  sha1,
  sqlHexDecode,
  trim,
  trimLeft,
  trimRight,
  uppercase,
  urlDecode,
  urlDecodeUni,
  urlEncode,
  utf8toUnicode,
];

/** Spellings that ModSecurity also accepts. */
const ALIASES: readonly (readonly [alias: string, name: string])[] = [
  ['normalisePath', 'normalizePath'],
  ['normalisePathWin', 'normalizePathWin'],
];

const byName = new Map(
  ALL.map((transformation) => [transformation.name.toLowerCase(), transformation]),
);
for (const [alias, name] of ALIASES) {
  const transformation = byName.get(name.toLowerCase());
  if (transformation !== undefined) byName.set(alias.toLowerCase(), transformation);
}

/** Every transformation by its lower-case name. */
export const TRANSFORMATIONS: ReadonlyMap<string, Transformation> = byName;

/** The names to write in rules. */
export const TRANSFORMATION_NAMES: readonly string[] = ALL.map(({ name }) => name);
