import type { AuditEntry } from '../domain/audit.ts';
import { deny, type Denial } from '../domain/denial.ts';
import type { AuditFilter } from '../ports/auditStore.ts';
import type { Admin } from '../ports/stores.ts';
import type { AdminContext } from './context.ts';
import { checkLife } from './identity.ts';
import { may } from './roles.ts';

const heartbeatMs = 15_000;
const linesAheadMax = 1_000;
const openMax = 32;

export interface TailOptions {
  readonly filter: AuditFilter;
  readonly seconds: number;
  readonly count: number;
  readonly toLine: (entry: AuditEntry) => object;
}

type Needs = Pick<AdminContext, 'audit' | 'stores' | 'clock'>;
type Controller = ReadableStreamDefaultController<Uint8Array>;

/**
 * Streams of entries as they are written. Each is bounded in time, in number, and in what waits for a slow reader: the
 * rest is dropped, and a line `{"dropped":n}` says so. An empty line every 15 s shows that a stream lives; the
 * admin's token is checked again with each.
 */
export class Tails {
  readonly #context: Needs;
  readonly #open = new Set<Tail>();

  constructor(context: Needs) {
    this.#context = context;
  }

  open(admin: Admin, options: TailOptions): ReadableStream<Uint8Array> | Denial {
    if (this.#open.size >= openMax) {
      return deny('gateway_busy', { hint: `${openMax} streams are open` });
    }
    let tail: Tail | null = null;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          tail = new Tail(this.#context, admin, options, controller, () =>
            this.#open.delete(tail!),
          );
          this.#open.add(tail);
        },
        cancel: () => tail?.release(),
      },
      { highWaterMark: linesAheadMax },
    );
  }

  /** Ends all streams, for a stop. */
  close(): void {
    for (const tail of this.#open) tail.end();
  }
}

class Tail {
  readonly #controller: Controller;
  readonly #options: TailOptions;
  readonly #released: () => void;
  readonly #unfollow: () => void;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #deadline: NodeJS.Timeout;
  #left: number;
  #dropped = 0;
  #isOpen = true;

  constructor(
    { audit, stores, clock }: Needs,
    admin: Admin,
    options: TailOptions,
    controller: Controller,
    released: () => void,
  ) {
    this.#controller = controller;
    this.#options = options;
    this.#released = released;
    this.#left = options.count;
    this.#unfollow = audit.follow((entry) => this.#take(entry));
    this.#heartbeat = setInterval(() => {
      void mayGoOn(stores.admins, clock.nowMs(), admin).then((goesOn) =>
        goesOn ? this.#send(emptyLine) : this.end(),
      );
    }, heartbeatMs);
    this.#deadline = setTimeout(() => this.end(), options.seconds * 1_000);
  }

  end(): void {
    if (!this.#isOpen) return;
    this.release();
    this.#controller.close();
  }

  /** Lets go of everything; the reader is gone or has all. */
  release(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#unfollow();
    clearInterval(this.#heartbeat);
    clearTimeout(this.#deadline);
    this.#released();
  }

  #take(entry: AuditEntry): void {
    if (!this.#isOpen || entry.phase === 'intent' || !matches(entry, this.#options.filter)) return;
    this.#send(encode(this.#options.toLine(entry)));
    this.#left -= 1;
    if (this.#left <= 0) this.end();
  }

  #send(line: Uint8Array): void {
    if (!this.#isOpen) return;
    if ((this.#controller.desiredSize ?? 0) <= 0) {
      this.#dropped += 1;
      return;
    }
    if (this.#dropped > 0) this.#controller.enqueue(encode({ dropped: this.#dropped }));
    this.#dropped = 0;
    this.#controller.enqueue(line);
  }
}

const encoder = new TextEncoder();
const emptyLine = encoder.encode('\n');
const encode = (value: object): Uint8Array => encoder.encode(`${JSON.stringify(value)}\n`);

async function mayGoOn(
  admins: AdminContext['stores']['admins'],
  nowMs: number,
  { id }: Admin,
): Promise<boolean> {
  try {
    const admin = await admins.find(id);
    return admin !== null && may(admin.role, 'requests:read') && checkLife(admin, nowMs) === null;
  } catch {
    return false;
  }
}

const matches = (entry: AuditEntry, filter: AuditFilter): boolean =>
  (filter.clientId === undefined || entry.actor.clientId === filter.clientId) &&
  (filter.decision === undefined || entry.decision === filter.decision) &&
  (filter.action === undefined || entry.action === filter.action) &&
  (filter.sourceIp === undefined || entry.sourceIp === filter.sourceIp);
