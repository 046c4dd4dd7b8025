import { ANY_BYTE } from './namedSets.ts';
import { EMPTY, type Node } from './tree.ts';

/**
 * A tree that matches wherever the given one does, without look-arounds and back-references: what
 * a plain automaton can run. A tree that has neither is returned as it is.
 */
export function relax(node: Node): Node {
  switch (node.kind) {
    case 'empty':
    case 'bytes':
    case 'previous':
    case 'next':
      return node;
    case 'look':
      return EMPTY;
    case 'backreference':
      return {
        kind: 'repeat',
        body: { kind: 'bytes', set: ANY_BYTE },
        min: 0,
        max: Infinity,
        greedy: true,
      };
    case 'sequence': {
      const parts = relaxAll(node.parts);
      return parts === node.parts ? node : { ...node, parts };
    }
    case 'alternation': {
      const branches = relaxAll(node.branches);
      return branches === node.branches ? node : { ...node, branches };
    }
    case 'repeat':
    case 'group': {
      const body = relax(node.body);
      return body === node.body ? node : { ...node, body };
    }
  }
}

function relaxAll(nodes: readonly Node[]): readonly Node[] {
  const relaxed = nodes.map(relax);
  return relaxed.every((node, index) => node === nodes[index]) ? nodes : relaxed;
}
