import { invalidRequest, type Reply } from '../http/reply.ts';

/** The answer to a change of a connection that somebody else changed in between. */
export function staleVersion(): Reply {
  return invalidRequest('The version is not the current one.');
}
