import { answerControl } from './control/control.ts';
import { Core } from './core.ts';
import { dispatch } from './http/dispatcher.ts';
import { listen, type Listener } from './http/listener.ts';
import type { SandboxOptions } from './options.ts';
import type { Sandbox } from './sandbox.ts';

/** Starts a local Pictory on loopback. Rejects when a port cannot be bound. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const core = new Core(options);
  const { tls, host = '127.0.0.1', controlHost = '127.0.0.1' } = options;
  const api = await listen(
    { host, port: options.port ?? 0, tls },
    (request, response) => dispatch(core, request, response),
    (bytes) => core.recordMalformed(bytes),
  );
  core.open(api.url);
  const control = await listenOrClose(api, () =>
    listen({ host: controlHost, port: options.controlPort ?? 0, tls }, (request, response) =>
      answerControl(sandbox, request, response),
    ),
  );
  const sandbox = core.sandbox(api, control);
  return sandbox;
}

async function listenOrClose(first: Listener, open: () => Promise<Listener>): Promise<Listener> {
  try {
    return await open();
  } catch (error) {
    await first.close();
    throw error;
  }
}
