import { BYTE, LOOK, MATCH, NEXT, PREVIOUS, SPLIT, type Program } from './program.ts';
import { RegexSyntaxError } from './regexSyntaxError.ts';
import { overlap, type SymbolSet } from './symbolSet.ts';

/**
 * Refuses every possessive repeat that could match otherwise than its greedy twin, which is what
 * the automaton runs. They are the same where nothing that follows can begin with what the repeat
 * takes: then giving back never helps.
 */
export function refuseUnsafePossessives(program: Program): void {
  for (const { exit, set, offset } of program.possessives) {
    if (set === null || !nothingBeginsWith(program, exit, set)) {
      throw new RegexSyntaxError(
        'possessive repeat is not supported where what follows can begin with what it repeats',
        offset,
      );
    }
  }
}

function nothingBeginsWith(program: Program, exit: number, set: SymbolSet): boolean {
  const seen = new Set([exit]);
  let dependsOnPrevious = false;
  let matches = false;
  for (const at of seen) {
    const next = program.next[at]!;
    const argument = program.argument[at]!;
    switch (program.operation[at]) {
      case BYTE:
        if (overlap(program.sets[argument]!, set)) return false;
        break;
      case NEXT:
        if (overlap(program.sets[argument]!, set)) return false;
        seen.add(next);
        break;
      case SPLIT:
        seen.add(next).add(argument);
        break;
      case PREVIOUS:
        dependsOnPrevious = true;
        seen.add(next);
        break;
      case LOOK:
        return false;
      case MATCH:
        matches = true;
        break;
      default:
        seen.add(next);
        break;
    }
  }
  return !(matches && dependsOnPrevious);
}
