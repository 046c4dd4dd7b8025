import { AuditUnavailable } from '../ports/auditStore.ts';

const causes: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk of the audit log is full',
  EDQUOT: 'the disk quota of the audit log is used up',
  EIO: 'the disk of the audit log failed',
  EROFS: 'the disk of the audit log may only be read',
  EACCES: 'access to the folder of the audit log is denied',
  EPERM: 'access to the folder of the audit log is denied',
  ENOENT: 'the folder of the audit log is gone',
  EMFILE: 'too many files are open to write the audit log',
  ENFILE: 'too many files are open to write the audit log',
};

/** What the audit log throws instead of an error of the file system, which would name paths. */
export function auditUnavailable(error: unknown): AuditUnavailable {
  if (error instanceof AuditUnavailable) return error;
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new AuditUnavailable(causes[code] ?? `the audit log cannot be written (${code})`);
}
