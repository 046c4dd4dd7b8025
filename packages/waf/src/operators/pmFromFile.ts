import { readDataLines } from './dataFile.ts';
import { OperatorError } from './operator.ts';
import { matchWords } from './pm.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @pmFromFile
 *
 * Description: Whether the value contains one of the words of a file, without regard to case.
 * Arguments: names of data files; a line is a word, or a comment after `#`.
 * Returns: true when it does; captures the word as it stands in the value in TX:0.
 * Example: `SecRule ARGS "@pmFromFile words.data" "id:1,deny"`
 */
export function pmFromFile({ argument, readData }: OperatorInput): Operator {
  const words = readDataLines(argument, readData);
  if (words.length === 0) throw new OperatorError('the data file has no words');
  return matchWords(words);
}
