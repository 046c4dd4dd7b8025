import { RegexSyntaxError } from './regexSyntaxError.ts';
import { childrenOf, type Node } from './tree.ts';

/** Refuses the back-references whose meaning the simulation does not reproduce. */
export function refuseUnsupportedBackreferences(root: Node): void {
  const homes = new Map<number, Node>();
  findHomes(root, root, homes);
  check(root, root, new Set(), homes);
}

/** The innermost look-around that holds each group, else the root. */
function findHomes(node: Node, home: Node, homes: Map<number, Node>): void {
  if (node.kind === 'group') homes.set(node.index, home);
  for (const child of childrenOf(node)) {
    findHomes(child, node.kind === 'look' ? node : home, homes);
  }
}

function check(
  node: Node,
  root: Node,
  open: ReadonlySet<number>,
  homes: ReadonlyMap<number, Node>,
): void {
  if (node.kind === 'backreference') {
    if (open.has(node.group)) {
      throw new RegexSyntaxError(
        'a back-reference inside its own group is not supported',
        node.offset,
      );
    }
    if (homes.get(node.group) !== root) {
      throw new RegexSyntaxError(
        'a back-reference to a group inside a look-around is not supported',
        node.offset,
      );
    }
  }
  const inside = node.kind === 'group' ? new Set([...open, node.index]) : open;
  for (const child of childrenOf(node)) check(child, root, inside, homes);
}
