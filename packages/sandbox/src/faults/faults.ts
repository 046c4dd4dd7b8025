import type { Fault } from './fault.ts';

/** What a fault is matched against. */
export interface Subject {
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
}

interface Waiting {
  readonly fault: Fault;
  left: number;
  passesLeft: number;
}

/** The faults that wait for their requests, oldest first. */
export class Faults {
  #waiting: Waiting[] = [];

  add(fault: Fault): void {
    const left = fault.times === 'unlimited' ? Infinity : (fault.times ?? 1);
    this.#waiting.push({ fault, left, passesLeft: fault.after ?? 0 });
  }

  /** The oldest waiting fault of a sort that this subject meets; it is used up by one. */
  take<Sort extends Fault>(
    isSort: (fault: Fault) => fault is Sort,
    subject: Subject,
  ): Sort | undefined {
    for (const waiting of this.#waiting) {
      const { fault } = waiting;
      if (!isSort(fault) || !meets(fault, subject)) continue;
      if (waiting.passesLeft > 0) {
        waiting.passesLeft -= 1;
        continue;
      }
      waiting.left -= 1;
      this.#waiting = this.#waiting.filter(({ left }) => left > 0);
      return fault;
    }
    return undefined;
  }

  list(): readonly { readonly fault: Fault; readonly left: number | 'unlimited' }[] {
    return this.#waiting.map(({ fault, left }) => ({
      fault,
      left: left === Infinity ? 'unlimited' : left,
    }));
  }

  clear(): void {
    this.#waiting = [];
  }
}

const prefix = '/pictoryapis';

function meets(fault: Fault, subject: Subject): boolean {
  if (fault.method && fault.method.toUpperCase() !== subject.method) return false;
  if (fault.operation && fault.operation !== subject.operation) return false;
  return (
    fault.path === undefined || matches(withoutPrefix(fault.path), withoutPrefix(subject.path))
  );
}

function withoutPrefix(path: string): string {
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}

/** Whether a pattern with `*` for any run of characters covers the whole path. */
function matches(pattern: string, path: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  if (!path.startsWith(first)) return false;
  const last = others.pop();
  if (last === undefined) return path === first;
  let at = first.length;
  for (const part of others) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}
