import { resolvePath } from './normalizePath.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:normalizePathWin
 *
 * Description: Turns backslashes into slashes, then resolves the path as normalizePath does.
 * Arguments: none.
 * Returns: the plain path.
 * Example: `a\\..\\b` becomes `b`.
 */
export const normalizePathWin: Transformation = {
  name: 'normalizePathWin',
  touches: ['\\', '//', '/.', './'],
  creates: '/',
  apply: (input) => resolvePath(input.replaceAll('\\', '/')),
};
