import type { Transformation } from './transformation.ts';

/**
 * t:normalizePath
 *
 * Description: Resolves `.` and `..` segments and repeated slashes as a file system would.
 * Arguments: none.
 * Returns: the plain path.
 * Example: `/a/./b/../c` becomes `/a/c`.
 */
export const normalizePath: Transformation = {
  name: 'normalizePath',
  touches: ['//', '/.', './'],
  creates: '',
  apply: resolvePath,
};

/** Resolve a path with forward slashes; an absolute one never leaves its root, a text without slash stays. */
export function resolvePath(path: string): string {
  if (!path.includes('/')) return path;
  const isAbsolute = path.startsWith('/');
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isAbsolute) kept.push('..');
  }
  const trailing = path.endsWith('/') && kept.length > 0 ? '/' : '';
  return `${isAbsolute ? '/' : ''}${kept.join('/')}${trailing}`;
}
