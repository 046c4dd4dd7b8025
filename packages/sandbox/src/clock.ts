interface Alarm {
  readonly atMs: number;
  readonly ring: () => void;
}

const timerDelayMsMax = 2 ** 31 - 1;

/**
 * The account's time in epoch milliseconds. A real clock runs with the machine's and can be moved forward;
 * a manual one stands still until `advance`. Alarms ring in the order of their times.
 */
export interface Clock {
  now(): number;
  /** Rings once the clock has reached `atMs`; never inside this call. */
  alarm(atMs: number, ring: () => void): void;
  /** Moves the clock forward and rings every alarm on the way before it returns. */
  advance(ms: number): void;
  close(): void;
}

/** A clock that stands at `startMs` until it is moved. */
export function manualClock(startMs: number): Clock {
  const alarms = new Alarms();
  let nowMs = startMs;
  return {
    now: () => nowMs,
    alarm: (atMs, ring) => alarms.add({ atMs, ring }),
    advance(ms) {
      const untilMs = nowMs + ms;
      for (let next = alarms.takeDue(untilMs); next; next = alarms.takeDue(untilMs)) {
        nowMs = Math.max(nowMs, next.atMs);
        next.ring();
      }
      nowMs = untilMs;
    },
    close: () => alarms.clear(),
  };
}

/** The machine's clock, plus whatever it was advanced by. */
export function realClock(): Clock {
  const alarms = new Alarms();
  let aheadMs = 0;
  let timer: NodeJS.Timeout | undefined;
  const now = () => Date.now() + aheadMs;

  const ringDue = () => {
    for (let next = alarms.takeDue(now()); next; next = alarms.takeDue(now())) next.ring();
    wait();
  };
  const wait = () => {
    clearTimeout(timer);
    const nextMs = alarms.nextMs();
    if (nextMs !== undefined)
      timer = setTimeout(ringDue, Math.min(Math.max(nextMs - now(), 0), timerDelayMsMax));
  };
  return {
    now,
    alarm(atMs, ring) {
      alarms.add({ atMs, ring });
      wait();
    },
    advance(ms) {
      aheadMs += ms;
      ringDue();
    },
    close() {
      clearTimeout(timer);
      alarms.clear();
    },
  };
}

class Alarms {
  #waiting: Alarm[] = [];

  add(alarm: Alarm): void {
    if (!Number.isFinite(alarm.atMs)) return;
    this.#waiting.push(alarm);
    this.#waiting.sort((first, second) => first.atMs - second.atMs);
  }

  takeDue(untilMs: number): Alarm | undefined {
    const next = this.#waiting[0];
    return next && next.atMs <= untilMs ? this.#waiting.shift() : undefined;
  }

  nextMs(): number | undefined {
    return this.#waiting[0]?.atMs;
  }

  clear(): void {
    this.#waiting = [];
  }
}
