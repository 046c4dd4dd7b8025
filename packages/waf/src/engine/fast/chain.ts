import type { TextRecord } from '../../request/textRecord.ts';
import type { Transformation } from '../../transformations/transformation.ts';
import { bothCases, NO_BYTES } from './byteClasses.ts';
import type { ByteClasses, ByteMask } from './byteClasses.ts';
import { charactersBetween } from '../../transformations/transformation.ts';

/** One transformation in terms of what a text record tells. */
export interface ChainStep {
  readonly transformation: Transformation;
  /** Its number among all transformations, for the memory of records. */
  readonly number: number;
  /** True when it may change any text. */
  readonly isAlways: boolean;
  /** Bytes and marks that make it change a text beyond case. */
  readonly touched: ByteMask;
  readonly marks: number;
  /** Bytes that make it change a text in any way. */
  readonly changing: ByteMask;
  /** Bytes that it may bring in; null for any. */
  readonly created: ByteMask | null;
}

/** The transformations of a link. */
export interface Chain {
  readonly number: number;
  readonly steps: readonly ChainStep[];
  readonly multiMatch: boolean;
  readonly isAlways: boolean;
  readonly touched: ByteMask;
  readonly marks: number;
}

/** The marks that transformations need, each a bit; marks of one character are byte classes instead. */
export class Marks {
  readonly #bits = new Map<string, number>();

  add(mark: string): void {
    if (mark.length > 1 && !this.#bits.has(mark)) this.#bits.set(mark, 1 << this.#bits.size);
  }

  bit(mark: string): number {
    return this.#bits.get(mark) ?? 0;
  }

  get entries(): Iterable<[string, number]> {
    return this.#bits.entries();
  }
}

/** Note the byte sets and marks of a transformation. */
export function declareTransformation(
  transformation: Transformation,
  classes: ByteClasses,
  marks: Marks,
): void {
  for (const mark of transformation.touches ?? []) {
    if (mark.length > 1) marks.add(mark);
  }
  classes.add(singleBytes(transformation));
  classes.add(caseBytes(transformation));
  if (transformation.creates !== null) classes.add(bothCases(transformation.creates));
}

/** A transformation in terms of the classes and marks that were declared. */
export function chainStep(
  transformation: Transformation,
  number: number,
  classes: ByteClasses,
  marks: Marks,
): ChainStep {
  const { touches, creates } = transformation;
  return {
    transformation,
    number,
    isAlways: touches === null,
    touched: classes.mask(singleBytes(transformation)),
    marks: (touches ?? []).reduce((bits, mark) => bits | marks.bit(mark), 0),
    changing: classes.mask([...singleBytes(transformation), ...caseBytes(transformation)]),
    created: creates === null ? null : classes.mask(bothCases(creates)),
  };
}

/** The chain of several steps. */
export function joinSteps(number: number, steps: readonly ChainStep[], multiMatch: boolean): Chain {
  const touched = steps.reduce((mask, step) => union(mask, step.touched), NO_BYTES);
  const marks = steps.reduce((bits, step) => bits | step.marks, 0);
  return {
    number,
    steps,
    multiMatch,
    touched,
    marks,
    isAlways: steps.some(({ isAlways }) => isAlways),
  };
}

/**
 * The bytes that can stand in what the steps make of a text, letters in either case; null when one
 * of the steps would bring in bytes that cannot be foretold.
 */
export function possibleBytes(record: TextRecord, steps: readonly ChainStep[]): ByteMask | null {
  let low = record.bytesLow;
  let high = record.bytesHigh;
  for (const { created, isAlways, touched } of steps) {
    if (created === null) {
      if (isAlways || ((low & touched.low) | (high & touched.high)) !== 0) return null;
    } else {
      low |= created.low;
      high |= created.high;
    }
  }
  return { low, high };
}

function union(left: ByteMask, right: ByteMask): ByteMask {
  return { low: left.low | right.low, high: left.high | right.high };
}

function singleBytes({ touches }: Transformation): number[] {
  return bothCases((touches ?? []).filter((mark) => mark.length === 1).join(''));
}

function caseBytes({ changesCase }: Transformation): number[] {
  if (changesCase === undefined) return [];
  const letters =
    changesCase === 'upper' ? charactersBetween(0x41, 0x5a) : charactersBetween(0x61, 0x7a);
  return letters.map((letter) => letter.charCodeAt(0));
}
