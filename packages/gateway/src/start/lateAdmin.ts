import type { AdminApp } from '../admin/app.ts';
import type { AdminContext, Caller } from '../admin/context.ts';
import { version } from '../config/version.ts';

/**
 * The admin API, whose modules are loaded once the gateway listens, or at the first request if that comes sooner: they
 * would be a sixth of a start.
 */
export class LateAdmin implements AdminApp {
  readonly #context: AdminContext;
  #app: Promise<AdminApp> | null = null;

  constructor(context: AdminContext) {
    this.#context = context;
  }

  load(): Promise<AdminApp> {
    this.#app ??= import('../admin/app.ts').then(({ createAdmin }) =>
      createAdmin(this.#context, version),
    );
    return this.#app;
  }

  readonly fetch = async (request: Request, caller: Caller): Promise<Response> =>
    (await this.load()).fetch(request, caller);

  readonly close = (): void => {
    // One that could not be loaded has nothing open.
    this.#app?.then((app) => app.close()).catch(() => {});
  };
}
