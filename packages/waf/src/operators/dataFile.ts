import { OperatorError } from './operator.ts';
import type { OperatorInput } from './operator.ts';

/** The lines of the data files that an argument names, without comments, blank lines and outer white space. */
export function readDataLines(argument: string, readData: OperatorInput['readData']): string[] {
  const names = argument.split(' ').filter((name) => name !== '');
  if (names.length === 0) throw new OperatorError('the name of a data file is missing');
  return names.flatMap((name) => {
    const text = readData(name);
    if (text === null)
      throw new OperatorError(`data file "${name}" is missing`, argument.indexOf(name));
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
  });
}
