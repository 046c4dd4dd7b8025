import { parse } from 'yaml';

/** One request of a regression test, as the CRS project's YAML writes it. Text is UTF-8. */
export interface StageInput {
  readonly method: string;
  readonly uri: string;
  readonly version: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly data: string | null;
  /** A whole request, or a body, in base64. */
  readonly encodedRequest: string | null;
  readonly encodedData: string | null;
  readonly autocompleteHeaders: boolean;
}

/** What must come of it. */
export interface StageOutput {
  readonly status: number | null;
  readonly expectError: boolean;
  readonly expectIds: readonly number[];
  readonly noExpectIds: readonly number[];
  readonly matchRegex: string | null;
  readonly noMatchRegex: string | null;
  readonly isolated: boolean;
  /** Text that the response must hold. */
  readonly responseContains: string | null;
}

export interface Stage {
  readonly input: StageInput;
  readonly output: StageOutput;
}

export interface RegressionTest {
  /** `942100-3` */
  readonly title: string;
  readonly stages: readonly Stage[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Read the tests of a file of the CRS project; a field that is not known is an error. */
export function parseTestFile(text: string, fileName: string): RegressionTest[] {
  const file = parse(text) as Fields | null;
  if (file === null) return [];
  const ruleId = String(file['rule_id'] ?? fileName.replace('.yaml', ''));
  return list(file['tests']).map((test, index) => ({
    title: `${ruleId}-${String(test['test_id'] ?? index + 1)}`,
    stages: list(test['stages']).map((stage) => parseStage((stage['stage'] ?? stage) as Fields)),
  }));
}

function parseStage(stage: Fields): Stage {
  return {
    input: parseInput(stage['input'] as Fields),
    output: parseOutput(stage['output'] as Fields),
  };
}

const INPUT_FIELDS = new Set([
  'dest_addr',
  'port',
  'protocol',
  'method',
  'uri',
  'version',
  'headers',
  'ordered_headers',
  'data',
  'encoded_data',
  'encoded_request',
  'autocomplete_headers',
  'stop_magic',
  'follow_redirect',
  'save_cookie',
  'virtual_host_mode',
]);

function parseInput(input: Fields): StageInput {
  refuseUnknown(input, INPUT_FIELDS);
  const stopMagic = input['stop_magic'];
  return {
    method: String(input['method'] ?? 'GET'),
    uri: String(input['uri'] ?? '/'),
    version: String(input['version'] ?? 'HTTP/1.1'),
    headers: parseHeaders(input['ordered_headers'] ?? input['headers']),
    data: textOrNull(input['data']),
    encodedRequest: textOrNull(input['encoded_request']),
    encodedData: textOrNull(input['encoded_data']),
    autocompleteHeaders: Boolean(
      input['autocomplete_headers'] ?? (stopMagic === undefined ? true : !stopMagic),
    ),
  };
}

function parseHeaders(headers: unknown): [string, string][] {
  if (Array.isArray(headers)) {
    return list(headers).map(({ name, value }) => [String(name), String(value ?? '')]);
  }
  return Object.entries((headers ?? {}) as Fields).map(([name, value]) => [
    name,
    String(value ?? ''),
  ]);
}

const OUTPUT_FIELDS = new Set([
  'status',
  'log',
  'expect_error',
  'retry_once',
  'isolated',
  'response_contains',
  'log_contains',
  'no_log_contains',
]);
const LOG_FIELDS = new Set(['expect_ids', 'no_expect_ids', 'match_regex', 'no_match_regex']);

function parseOutput(output: Fields): StageOutput {
  refuseUnknown(output, OUTPUT_FIELDS);
  const log = (output['log'] ?? {}) as Fields;
  refuseUnknown(log, LOG_FIELDS);
  return {
    status: typeof output['status'] === 'number' ? output['status'] : null,
    expectError: output['expect_error'] === true,
    expectIds: (log['expect_ids'] ?? []) as number[],
    noExpectIds: (log['no_expect_ids'] ?? []) as number[],
    matchRegex: textOrNull(log['match_regex'] ?? output['log_contains']),
    noMatchRegex: textOrNull(log['no_match_regex'] ?? output['no_log_contains']),
    isolated: output['isolated'] === true,
    responseContains: textOrNull(output['response_contains']),
  };
}

function refuseUnknown(fields: Fields, known: ReadonlySet<string>): void {
  for (const name of Object.keys(fields)) {
    if (!known.has(name)) throw new Error(`a regression test has the unknown field "${name}"`);
  }
}

function list(value: unknown): Fields[] {
  return (value ?? []) as Fields[];
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value);
}
