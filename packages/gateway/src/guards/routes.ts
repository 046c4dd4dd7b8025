import type { Method, Operation } from '../domain/operation.ts';

interface Node {
  readonly literals: Map<string, Node>;
  /** Literals that match in any case, keyed in lower case. */
  readonly anyCase: Map<string, Node>;
  parameter: Node | null;
  readonly operations: Map<Method, Operation>;
}

const createNode = (): Node => ({
  literals: new Map(),
  anyCase: new Map(),
  parameter: null,
  operations: new Map(),
});

const parameterName = (segment: string): string | null =>
  segment.startsWith('{') && segment.endsWith('}') ? segment.slice(1, -1) : null;

/** An operation with the decoded path parameters of one request. */
export interface Routed {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds an operation by method and decoded segments. A literal segment wins over a parameter. */
export type FindRoute = (
  method: Method,
  segments: readonly string[],
) => Routed | { readonly otherMethods: readonly Method[] };

/** @throws TypeError when two operations have the same method and path: an ambiguous catalogue must not start. */
export function createRoutes(prefix: string, operations: readonly Operation[]): FindRoute {
  const root = createNode();
  const prefixSegments = splitPath(prefix);
  for (const operation of operations) insert(root, prefixSegments, operation);
  return (method, segments) => {
    const values: string[] = [];
    const node = descend(root, segments, 0, values);
    const operation = node?.operations.get(method);
    if (!operation) return { otherMethods: node ? [...node.operations.keys()] : [] };
    return { operation, parameters: nameParameters(operation, values) };
  };
}

const splitPath = (path: string): readonly string[] =>
  path.split('/').filter((part) => part !== '');

function insert(root: Node, prefix: readonly string[], operation: Operation): void {
  const segments = [...prefix, ...splitPath(operation.path)];
  let node = root;
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    node = child(node, segment, last && operation.anyCase);
  }
  if (node.operations.has(operation.method)) {
    throw new TypeError(`two operations answer ${operation.method} ${operation.path}`);
  }
  node.operations.set(operation.method, operation);
}

function child(node: Node, segment: string, anyCase: boolean): Node {
  if (parameterName(segment) !== null) return (node.parameter ??= createNode());
  const table = anyCase ? node.anyCase : node.literals;
  const key = anyCase ? segment.toLowerCase() : segment;
  const found = table.get(key) ?? createNode();
  table.set(key, found);
  return found;
}

function descend(
  node: Node,
  segments: readonly string[],
  index: number,
  values: string[],
): Node | null {
  const segment = segments[index];
  if (segment === undefined) return node.operations.size > 0 ? node : null;
  const literal = node.literals.get(segment) ?? node.anyCase.get(segment.toLowerCase());
  const found = literal && descend(literal, segments, index + 1, values);
  if (found) return found;
  if (!node.parameter) return null;
  values.push(segment);
  const deeper = descend(node.parameter, segments, index + 1, values);
  if (!deeper) values.pop();
  return deeper;
}

function nameParameters(operation: Operation, values: readonly string[]): Record<string, string> {
  const named: Record<string, string> = Object.create(null) as Record<string, string>;
  let next = 0;
  for (const segment of splitPath(operation.path)) {
    const name = parameterName(segment);
    if (name !== null) named[name] = values[next++]!;
  }
  return named;
}
