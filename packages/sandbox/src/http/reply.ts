/** An answer before any fault touches it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const nothing = Buffer.alloc(0);

export function json(status: number, value: unknown): Reply {
  const body = Buffer.from(JSON.stringify(value));
  return { status, headers: { 'Content-Type': 'application/json' }, body };
}

export function ok(value: unknown): Reply {
  return json(200, value);
}

export function noContent(): Reply {
  return { status: 204, headers: {}, body: nothing };
}

export function file(contentType: string, body: Buffer | string): Reply {
  return { status: 200, headers: { 'Content-Type': contentType }, body: Buffer.from(body) };
}

/** What the service's edge answers to a caller whose User-Agent it does not like. */
export function edgeRefusal(): Reply {
  return { ...file('text/plain; charset=UTF-8', 'error code: 1010'), status: 403 };
}

export function unauthorized(): Reply {
  return json(401, { message: 'Unauthorized' });
}

export function notFound(what: string): Reply {
  return json(404, { code: 'NOT_FOUND', message: `${what} was not found.` });
}

export function invalidRequest(message: string): Reply {
  return json(400, { code: 'INVALID_REQUEST', message });
}

interface FieldErrors {
  readonly name: string;
  readonly errors: readonly string[];
}

export function invalidBody(fields: readonly FieldErrors[]): Reply {
  return json(400, {
    code: 'INVALID_REQUEST_BODY',
    message: 'The request body is invalid.',
    fields,
  });
}
