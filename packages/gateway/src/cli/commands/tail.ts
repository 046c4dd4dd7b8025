import type { Call, Run } from '../command.ts';
import type { Gateway } from '../gateway.ts';
import { findClient } from '../references.ts';
import { cut } from '../table.ts';
import { plain, type Terminal } from '../terminal.ts';
import type { Request } from './why.ts';

export const run: Run = async (call) => {
  const { terminal, values } = call;
  const gateway = await call.gateway();
  const filter = await toFilter(call, gateway);
  const last = values.number('last') ?? 10;
  const before = last === 0 ? [] : await gateway.list<Request>('/v1/requests', filter, last);
  if (values.flag('once') && terminal.form === 'json') {
    terminal.show(before, () => []);
    return 0;
  }
  for (const request of before.toReversed()) print(terminal, request);
  if (values.flag('once')) {
    if (before.length === 0) terminal.note('no requests yet');
    return 0;
  }
  terminal.note(terminal.paint('quiet', 'following; ^C ends'));
  return follow(gateway, filter, terminal);
};

type Filter = Readonly<Record<string, string | null>>;

async function toFilter({ values }: Call, gateway: Gateway): Promise<Filter> {
  const client = values.text('client');
  return {
    decision: values.flag('denied') ? 'denied' : null,
    client_id: client === null ? null : (await findClient(gateway, client)).id,
    source_ip: values.text('ip'),
    action: values.text('action'),
  };
}

/** Until ^C, or the gateway goes. A stream that reaches its time is opened again. */
async function follow(gateway: Gateway, filter: Filter, terminal: Terminal): Promise<number> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  try {
    while (!stop.signal.aborted) {
      for await (const line of gateway.lines('/v1/requests/tail', filter, stop.signal)) {
        const entry = JSON.parse(line) as Request | { readonly dropped: number };
        if ('dropped' in entry) terminal.note(`${entry.dropped} were left out: they came too fast`);
        else print(terminal, entry);
      }
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  return 0;
}

function print(terminal: Terminal, request: Request): void {
  if (terminal.form === 'json') terminal.print(JSON.stringify(request));
  else for (const line of toLines(terminal, request)) terminal.print(line);
}

/** One line; two for a refusal, so that its id can be asked about. */
export function toLines(
  terminal: Pick<Terminal, 'paint' | 'yes' | 'no' | 'time'>,
  request: Request,
): readonly string[] {
  const { decision, status, method, path, action, actor, duration_ms } = request;
  const time = terminal.time(request.at).slice(11);
  const name = plain(actor.client_name ?? actor.via ?? actor.kind);
  const what = plain(method === null ? action : `${method.padEnd(6)} ${path ?? ''}`);
  const took = duration_ms === null ? '' : `${Math.round(duration_ms)} ms`;
  const head = `${time} ${decision === 'allowed' ? terminal.yes : terminal.no} ${status ?? '···'} `;
  const line = `${head}${cut(what, 38).padEnd(38)} ${cut(name, 14).padEnd(14)} ${took}`.trimEnd();
  if (decision === 'allowed') return [line];
  return [
    line,
    terminal.paint('quiet', `         ${request.code ?? decision}: filmgate why ${request.id}`),
  ];
}
