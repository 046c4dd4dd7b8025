import type { Operation } from '../operations/operation.ts';

export interface Match {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

/** Where the API begins. */
const apiPrefix = '/pictoryapis';

interface Route {
  readonly operation: Operation;
  readonly segments: readonly string[];
  readonly literals: number;
}

/** Finds the operation of a method and path; more literal segments win over parameters. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(operations: readonly Operation[]) {
    this.#routes = operations
      .map((operation) => {
        const segments = operation.path.split('/').slice(1);
        return {
          operation,
          segments,
          literals: segments.filter((part) => !isParameter(part)).length,
        };
      })
      .sort((first, second) => second.literals - first.literals);
  }

  find(method: string, path: string): Match | undefined {
    if (!path.startsWith(`${apiPrefix}/`)) return undefined;
    const given = path.slice(apiPrefix.length).split('/').slice(1);
    for (const { operation, segments } of this.#routes) {
      if (operation.method !== method || segments.length !== given.length) continue;
      const params = match(segments, given, operation);
      if (params) return { operation, params };
    }
    return undefined;
  }
}

function match(
  segments: readonly string[],
  given: readonly string[],
  operation: Operation,
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = decoded(given[index]!);
    if (!value) return undefined;
    if (isParameter(segment)) params[segment.slice(1, -1)] = value;
    else if (!sameWord(segment, value, operation)) return undefined;
  }
  return params;
}

/** Clients write `generateUrl`, the documentation `generateurl`; nothing else may vary. */
function sameWord(segment: string, value: string, operation: Operation): boolean {
  if (operation.id === 'createUploadUrl') return segment === value.toLowerCase();
  return segment === value;
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{');
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
