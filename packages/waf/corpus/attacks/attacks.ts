import type { LabelledRequest } from '../corpusRequest.ts';
import { Random } from '../random.ts';
import { PLAIN, SPELLINGS, WRAPPINGS } from './mutations.ts';
import type { Mutation } from './mutations.ts';
import { ATTACK_CLASSES } from './payloads.ts';
import { place, PLACEMENTS } from './placements.ts';
import type { Placement } from './placements.ts';

export const ATTACK_SEED = 7_042;

/** An attack with the mutation and the placement it was made by. */
export interface Attack extends LabelledRequest {
  readonly mutation: string;
  readonly placement: Placement;
}

/** Classes whose payloads mean nothing in a header that an application only logs. */
const BODY_ONLY = new Set(['ssrf', 'header', 'nosqli', 'ldapi']);
/** Classes whose payloads are whole values: words before them make them harmless. */
const WHOLE_VALUE = new Set(['ssrf', 'lfi']);
const HEADER_PLACEMENTS: ReadonlySet<Placement> = new Set(['cookie', 'user agent']);

/** Every payload of every class in every spelling and wrapping, each in several places of a request. */
export function* attackRequests(seed = ATTACK_SEED): Generator<Attack> {
  const random = new Random(seed);
  for (const { name, payloads } of ATTACK_CLASSES) {
    for (const payload of payloads) {
      for (const mutation of [...SPELLINGS, ...WRAPPINGS]) {
        const written = mutation.apply(payload, random);
        if (mutation !== PLAIN && written === payload) continue;
        if (mutation.name === 'prefix' && WHOLE_VALUE.has(name)) continue;
        yield* placed(name, written, mutation);
      }
    }
  }
  yield* namedOperators();
}

function* placed(kind: string, written: string, mutation: Mutation): Generator<Attack> {
  const isWrapped = WRAPPINGS.includes(mutation);
  for (const placement of PLACEMENTS) {
    const isHeader = HEADER_PLACEMENTS.has(placement);
    if (isHeader && (isWrapped || BODY_ONLY.has(kind) || mutation.name === 'newline')) continue;
    yield { ...place(written, placement, kind), mutation: mutation.name, placement };
  }
}

function* namedOperators(): Generator<Attack> {
  for (const name of ['$where', '$ne', '__proto__', 'user[$regex]']) {
    yield {
      ...place(name, 'name', name.startsWith('_') ? 'rce' : 'nosqli'),
      mutation: 'plain',
      placement: 'name',
    };
  }
}
