import { faultKinds, type Fault } from '../faults/fault.ts';
import { anything, choice, number, object, Problems, text, type Shape } from '../input/shape.ts';

const anyTimes: Shape<number | 'unlimited'> = (value, name, problems) =>
  value === 'unlimited' ? value : number({ whole: true, min: 1 })(value, name, problems);

const stringValues: Shape<Readonly<Record<string, string>>> = (value, name, problems) => {
  const right =
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string');
  if (right) return value as Record<string, string>;
  problems.add(name, 'must be an object of strings');
  return undefined;
};

const milliseconds = number({ min: 0 });

const fields = {
  method: text(),
  path: text(),
  operation: text(),
  times: anyTimes,
  after: number({ whole: true, min: 0 }),
  delayMs: milliseconds,
  status: number({ whole: true, min: 200, max: 599 }),
  body: anything,
  headers: stringValues,
  retryAfterSeconds: number({ min: 0 }),
  byBytes: number({ whole: true }),
  errorCode: text(),
  errorMessage: text(),
  runMs: milliseconds,
  copies: number({ whole: true, min: 1, max: 100 }),
  shape: choice('data', 'top-level'),
};

/** What each kind cannot do without. */
const needed: Partial<Record<Fault['kind'], keyof typeof fields>> = {
  delay: 'delayMs',
  status: 'status',
  'job-time': 'runMs',
  'delay-webhook': 'delayMs',
  'webhook-failure-shape': 'shape',
};

const shape = object({
  required: { kind: choice(...faultKinds) },
  optional: fields,
  open: true,
});

/** Reads a fault from JSON. Unlike the API, the control API refuses fields that it does not know. */
export function readFault(
  value: unknown,
): { readonly fault: Fault } | { readonly problems: ReturnType<Problems['fields']> } {
  const problems = new Problems();
  const read = shape(value, '', problems);
  if (read) {
    for (const field of Object.keys(read))
      if (field !== 'kind' && !(field in fields)) problems.add(field, 'is not a field of a fault');
    const field = needed[read.kind];
    if (field && read[field] === undefined) problems.add(field, `is required for ${read.kind}`);
  }
  if (!read || problems.fields().length > 0) return { problems: problems.fields() };
  return { fault: read as Fault };
}
