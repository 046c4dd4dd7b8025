/** What a strict reader of multipart/form-data objects to; each becomes a MULTIPART_* variable. */
export interface MultipartFlags {
  boundaryQuoted: boolean;
  boundaryWhitespace: boolean;
  dataBefore: boolean;
  dataAfter: boolean;
  headerFolding: boolean;
  invalidHeaderFolding: boolean;
  invalidPart: boolean;
  invalidQuoting: boolean;
  lfLine: boolean;
  crlfLine: boolean;
  missingSemicolon: boolean;
  fileLimitExceeded: boolean;
  unmatchedBoundary: boolean;
  /** The body could not be parsed. */
  error: boolean;
}

export function noMultipartFlags(): MultipartFlags {
  return {
    boundaryQuoted: false,
    boundaryWhitespace: false,
    dataBefore: false,
    dataAfter: false,
    headerFolding: false,
    invalidHeaderFolding: false,
    invalidPart: false,
    invalidQuoting: false,
    lfLine: false,
    crlfLine: false,
    missingSemicolon: false,
    fileLimitExceeded: false,
    unmatchedBoundary: false,
    error: false,
  };
}

/** MULTIPART_STRICT_ERROR: whether any flag but the unmatched boundary and mixed line ends is raised. */
export function isStrictError(flags: MultipartFlags): boolean {
  const { unmatchedBoundary: _unmatched, crlfLine: _crlf, ...strict } = flags;
  return Object.values(strict).some(Boolean);
}
