import type { Ruleset } from '../src/index.ts';
import { attackRequests } from './attacks/attacks.ts';
import { benignRequests } from './benign/benign.ts';
import type { LabelledRequest } from './corpusRequest.ts';
import { judge } from './judge.ts';

/** How many of a kind of attack were refused. */
export interface Recall {
  attacks: number;
  refused: number;
}

/** A benign request that was refused, with the rules that did it. */
export interface FalseAlarm {
  readonly request: LabelledRequest;
  readonly reasons: readonly string[];
}

export interface Measurement {
  readonly benign: number;
  readonly falseAlarms: readonly FalseAlarm[];
  readonly byClass: ReadonlyMap<string, Recall>;
  readonly byMutation: ReadonlyMap<string, Recall>;
  readonly byPlacement: ReadonlyMap<string, Recall>;
  /** Attacks as they are written in the lists, in a text, that passed. */
  readonly missed: readonly string[];
}

/** Run both corpora through a rule set. */
export function measure(ruleset: Ruleset, isSchemaAware: boolean): Measurement {
  return { ...measureBenign(ruleset, isSchemaAware), ...measureAttacks(ruleset) };
}

function measureBenign(
  ruleset: Ruleset,
  isSchemaAware: boolean,
): Pick<Measurement, 'benign' | 'falseAlarms'> {
  const falseAlarms: FalseAlarm[] = [];
  let benign = 0;
  for (const request of benignRequests()) {
    benign++;
    const { proven, ...unproven } = request;
    const seen = isSchemaAware && proven !== undefined ? request : unproven;
    const { blocked, reasons } = judge(ruleset, seen);
    if (blocked) falseAlarms.push({ request, reasons });
  }
  return { benign, falseAlarms };
}

function measureAttacks(ruleset: Ruleset): Omit<Measurement, 'benign' | 'falseAlarms'> {
  const byClass = new Map<string, Recall>();
  const byMutation = new Map<string, Recall>();
  const byPlacement = new Map<string, Recall>();
  const missed: string[] = [];
  for (const attack of attackRequests()) {
    const { blocked } = judge(ruleset, attack);
    count(byClass, attack.kind, blocked);
    count(byMutation, attack.mutation, blocked);
    count(byPlacement, attack.placement, blocked);
    const isListed = attack.mutation === 'plain' && attack.placement === 'prose';
    if (!blocked && isListed) missed.push(`${attack.kind} ${attack.sample}`);
  }
  return { byClass, byMutation, byPlacement, missed };
}

function count(recalls: Map<string, Recall>, name: string, isRefused: boolean): void {
  const recall = recalls.get(name) ?? { attacks: 0, refused: 0 };
  recall.attacks++;
  if (isRefused) recall.refused++;
  recalls.set(name, recall);
}

/** All attacks of a table together. */
export function total(recalls: ReadonlyMap<string, Recall>): Recall {
  const sum: Recall = { attacks: 0, refused: 0 };
  for (const { attacks, refused } of recalls.values()) {
    sum.attacks += attacks;
    sum.refused += refused;
  }
  return sum;
}

/** Share in percent with two digits. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 100;
}
