import type { Account } from '../account/account.ts';
import type { Job, JobPlan } from '../account/job.ts';
import type { Call } from '../http/call.ts';
import { invalidBody, type Reply } from '../http/reply.ts';
import { Problems, type Shape } from '../input/shape.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What an operation's handler works with. */
interface Request<Input> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly input: Input;
  readonly bytes: Buffer;
  readonly account: Account;
  /** Starts a job in the account; a waiting job fault of this request decides over its fate. */
  readonly startJob: (plan: JobPlan) => Job;
}

/** One call of the documented API. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** With `{name}` for a path parameter. */
  readonly path: string;
  /** Needs no credential. */
  readonly open: boolean;
  readonly answer: (call: Call, request: Omit<Request<unknown>, 'input' | 'bytes'>) => Reply;
}

interface Definition<Input> {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly open?: boolean;
  readonly handle: (request: Request<Input>) => Reply;
}

/** An operation without a JSON body. */
export function operation(definition: Definition<undefined>): Operation {
  const { handle, open = false, ...rest } = definition;
  return {
    ...rest,
    open,
    answer: (call, request) => handle({ ...request, input: undefined, bytes: call.body }),
  };
}

/** An operation with a JSON body of a known shape; a body that breaks it is answered with 400 and the fields. */
export function operationWithBody<Input>(
  shape: Shape<Input>,
  definition: Definition<Input> & { readonly bodyOptional?: boolean },
): Operation {
  const { handle, open = false, bodyOptional = false, ...rest } = definition;
  return {
    ...rest,
    open,
    answer(call, request) {
      const parsed = bodyOptional && call.body.length === 0 ? {} : parse(call.body);
      if (parsed === undefined) return invalidBody([{ name: 'body', errors: ['must be JSON'] }]);
      const problems = new Problems();
      const input = shape(parsed, '', problems);
      const fields = problems.fields();
      if (input === undefined || fields.length > 0) return invalidBody(fields);
      return handle({ ...request, input, bytes: call.body });
    },
  };
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
