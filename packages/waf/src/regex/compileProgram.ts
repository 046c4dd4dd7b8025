import { BYTE, NEXT, PREVIOUS, type LookProgram, type Program } from './program.ts';
import { ProgramBuilder } from './programBuilder.ts';
import { RegexSyntaxError } from './regexSyntaxError.ts';
import { hasBackreference, type Look, type Node, type Repeat } from './tree.ts';

/** Compiles a tree, `groups` capture groups and the whole match. */
export function compileProgram(root: Node, groups: number): Program {
  const slots = 2 * (groups + 1);
  const compiler = new Compiler(false);
  const { builder } = compiler;
  const end = builder.save(1, builder.match());
  return builder.build(builder.save(0, compiler.compile(root, end)), slots);
}

/** Whether the node can match without taking a byte. */
function isNullable(node: Node): boolean {
  switch (node.kind) {
    case 'bytes':
      return false;
    case 'empty':
    case 'previous':
    case 'next':
    case 'look':
    case 'backreference':
      return true;
    case 'sequence':
      return node.parts.every(isNullable);
    case 'alternation':
      return node.branches.some(isNullable);
    case 'repeat':
      return node.min === 0 || isNullable(node.body);
    case 'group':
      return isNullable(node.body);
  }
}

class Compiler {
  readonly builder = new ProgramBuilder();
  /** The program is run from the end of the input to its begin. */
  readonly #backwards: boolean;

  constructor(backwards: boolean) {
    this.#backwards = backwards;
  }

  /** Emits the node before `next`, returns its entry. */
  compile(node: Node, next: number): number {
    const { builder } = this;
    switch (node.kind) {
      case 'empty':
        return next;
      case 'bytes':
        return builder.test(BYTE, node.set, next);
      case 'previous':
        return builder.test(PREVIOUS, node.set, next);
      case 'next':
        return builder.test(NEXT, node.set, next);
      case 'sequence':
        return this.#sequence(node.parts, next);
      case 'alternation':
        return node.branches
          .map((branch) => this.compile(branch, next))
          .reduceRight((other, preferred) => builder.split(preferred, other));
      case 'repeat':
        return this.#repeat(node, next);
      case 'group':
        return this.#group(node.index, node.body, next);
      case 'look':
        return builder.look(compileLook(node), next);
      case 'backreference':
        return builder.backreference(node.group, node.ignoreCase, next);
    }
  }

  #sequence(parts: readonly Node[], next: number): number {
    const inOrder = this.#backwards ? parts : parts.toReversed();
    return inOrder.reduce((entry, part) => this.compile(part, entry), next);
  }

  #group(index: number, body: Node, next: number): number {
    if (this.#backwards) return this.compile(body, next);
    const { builder } = this;
    return builder.save(2 * index, this.compile(body, builder.save(2 * index + 1, next)));
  }

  #repeat(node: Repeat, next: number): number {
    const { body, min, max } = node;
    const tail = max === Infinity ? this.#loop(node, next) : this.#optionals(node, next);
    const copies = max === Infinity ? Math.max(0, min - 1) : min;
    let entry = tail;
    for (let copy = 0; copy < copies; copy++) entry = this.compile(body, entry);
    return entry;
  }

  /** `x*`, or `x+` where one is asked for. A body that may be empty loops as `(x+)?`, like RE2. */
  #loop({ body, min, greedy }: Repeat, next: number): number {
    const { builder } = this;
    const loop = builder.openLoop(next, greedy);
    const entry = this.compile(body, loop);
    builder.closeLoop(loop, entry);
    if (min > 0) return entry;
    if (!isNullable(body)) return loop;
    return greedy ? builder.split(entry, next) : builder.split(next, entry);
  }

  /** `x{0,k}` as `(x(x…)?)?`. */
  #optionals({ body, min, max, greedy }: Repeat, next: number): number {
    const { builder } = this;
    const starts: number[] = [];
    let entry = next;
    let size = 0;
    for (let copy = min; copy < max; copy++) {
      const start = builder.size;
      const inside = this.compile(body, entry);
      entry = greedy ? builder.split(inside, next) : builder.split(next, inside);
      starts.push(start);
      size = builder.size - start;
    }
    if (starts.length > 1) builder.nameCopies(starts, size);
    return entry;
  }
}

function compileLook(node: Look): LookProgram {
  const { ahead, negative, body, offset } = node;
  const dynamic = hasBackreference(body);
  if (dynamic && !ahead) {
    throw new RegexSyntaxError('a back-reference inside a look-behind is not supported', offset);
  }
  const compiler = new Compiler(ahead && !dynamic);
  const start = compiler.compile(body, compiler.builder.match());
  return { ahead, negative, program: compiler.builder.build(start, 0), hasBackreference: dynamic };
}
