import type { Json } from './shape.ts';

/**
 * Why a request was refused, as a value.
 *
 * `code` names a row of {@link denials}; everything that a caller may see derives from that row and from the public
 * members here. `detail` is for the audit log and `filmgate why` only: it may name rules, addresses and objects, never a secret.
 */
export interface Denial {
  readonly denied: true;
  readonly code: DenialCode;
  /** Where in the input: a JSON pointer (RFC 6901) into the body, or `query:name`, `header:name`, `path`. Public. */
  readonly pointer?: string;
  /** What would be right, said without reflecting the input: a needed scope, a limit, the nearest known name. Public. */
  readonly hint?: string;
  /** Extension members of the problem document (RFC 9457 section 3.2), for example `scope`. Public. */
  readonly extensions?: Readonly<Record<string, Json>>;
  /** Response headers that belong to this refusal, for example `Retry-After`. Public. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** A complete body in the provider's own shape, sent instead of the problem document. Public. */
  readonly providerReply?: { readonly status: number; readonly body: string };
  /** Private: what decided, with what, and what would have to change. Audit log and `why` only. */
  readonly detail?: DenialDetail;
}

export interface DenialDetail {
  /** One sentence. */
  readonly reason: string;
  /** The object or file and line that the deciding rule came from, for example `policy pol_1` or `filmgate.yaml:14`. */
  readonly source?: string;
  /** What would have to change for this request to pass. */
  readonly remedy?: string;
  readonly [key: string]: unknown;
}

export type Fault = 'caller' | 'gateway' | 'upstream' | 'policy';

export interface DenialKind {
  readonly status: number;
  /** RFC 9457 `title`: the same for every occurrence. */
  readonly title: string;
  readonly fault: Fault;
  /** Whether the same request may succeed later without a change by the caller. */
  readonly retryable: boolean;
  /** For docs/reference/denials.md: when it happens and what to do. */
  readonly help: string;
}

const kind = (
  status: number,
  title: string,
  fault: Fault,
  help: string,
  retryable = false,
): DenialKind => ({ status, title, fault, retryable, help });

/** The one table of refusals. docs/reference/denials.md is generated from it; a test keeps both equal. */
export const denials = {
  // wire
  framing_invalid: kind(
    400,
    'The HTTP message is not well formed',
    'caller',
    'Ambiguous or malformed framing, for example two lengths or a transfer coding other than chunked. The connection is closed.',
  ),
  target_invalid: kind(
    400,
    'The request target is not allowed',
    'caller',
    'Dot segments, encoded slashes, semicolons, backslashes, control characters or invalid UTF-8 in the path. Send the plain path.',
  ),
  target_too_long: kind(
    414,
    'The request target is too long',
    'caller',
    'Shorten the path and query.',
  ),
  headers_too_large: kind(
    431,
    'The request headers are too large',
    'caller',
    'Send fewer or shorter headers.',
  ),
  header_duplicated: kind(
    400,
    'A header that must be single was sent more than once',
    'caller',
    'Send each of Authorization, Host, Content-Type, DPoP and Idempotency-Key once.',
  ),
  host_unknown: kind(
    421,
    'This host is not served here',
    'caller',
    'Use a host name listed in edge.hosts.',
  ),
  method_unsupported: kind(
    405,
    'The method is not supported',
    'caller',
    'CONNECT, TRACE, Upgrade and unlisted methods are refused.',
  ),
  plaintext_refused: kind(
    400,
    'HTTPS is required',
    'caller',
    'Nothing is served without TLS. A key that was sent in plaintext is disabled: rotate it and use https.',
  ),
  request_timeout: kind(
    408,
    'The request took too long to arrive',
    'caller',
    'Send headers and body without long pauses.',
    true,
  ),
  // operation
  operation_unknown: kind(
    404,
    'No such operation',
    'caller',
    'The method and path are not in the catalogue of operations. Unlisted routes are never forwarded.',
  ),
  // waf
  waf_blocked: kind(
    403,
    'The request looks like an attack',
    'policy',
    'A rule of the web application firewall refused it. An operator sees which rule and field with filmgate waf explain and the request id.',
  ),
  waf_budget_exceeded: kind(
    403,
    'The request takes too much work to inspect',
    'policy',
    'Its form needs more steps than a request of its size is allowed, so it is not known to be harmless. Send it in smaller parts.',
  ),
  waf_response_blocked: kind(
    502,
    "The upstream's answer looks like a leak",
    'upstream',
    'A rule of the web application firewall held the answer back. A paid call may still have taken effect: look at the job list before you repeat it.',
  ),
  // authenticate
  credential_missing: kind(
    401,
    'A credential is required',
    'caller',
    'Send a Filmgate key or token in the Authorization header.',
  ),
  credential_in_query: kind(
    401,
    'A credential in the address is refused',
    'caller',
    'Addresses end up in logs. The key was disabled: rotate it and send the new one in the Authorization header.',
  ),
  credential_malformed: kind(
    401,
    'The credential is not well formed',
    'caller',
    'The text is not a Filmgate key or token, or was cut or mistyped: its checksum does not fit.',
  ),
  credential_unknown: kind(
    401,
    'The credential is not valid',
    'caller',
    'No such key or token, or its secret does not fit.',
  ),
  credential_expired: kind(
    401,
    'The credential has expired',
    'caller',
    'Rotate the key, or ask for a new token.',
  ),
  credential_revoked: kind(401, 'The credential was revoked', 'caller', 'Create a new key.'),
  credential_disabled: kind(
    401,
    'The credential is disabled',
    'caller',
    'An operator disabled the key or its client, or the key was exposed. Enable or rotate it.',
  ),
  credential_environment: kind(
    401,
    'The credential is for another environment',
    'caller',
    'Test keys reach only the sandbox; live keys only the real service.',
  ),
  token_request_invalid: kind(
    400,
    'The token request is not valid',
    'caller',
    'Send client_id and client_secret as JSON text members.',
  ),
  // authorize
  insufficient_scope: kind(
    403,
    'The credential lacks the needed scope',
    'policy',
    "The answer names the scope. Grant it in the client's policy, or use another credential.",
  ),
  capability_missing: kind(
    403,
    'A field of the request needs a capability that was not granted',
    'policy',
    'The answer names field and capability. Grant the capability in the policy or leave the field out.',
  ),
  network_denied: kind(
    403,
    'The source network is not allowed',
    'policy',
    'The source address is in no allowlist of the gateway, the client, the policy or the key.',
  ),
  outside_hours: kind(
    403,
    'The request came outside the allowed hours',
    'policy',
    'The policy limits the hours of use.',
  ),
  // rate
  rate_limited: kind(429, 'Too many requests', 'policy', 'Wait for Retry-After seconds.', true),
  concurrency_limited: kind(
    429,
    'Too many requests at the same time',
    'policy',
    'Let earlier requests finish first.',
    true,
  ),
  // body
  body_too_large: kind(
    413,
    'The request body is too large',
    'caller',
    'The limit is in limits.body.',
  ),
  body_timeout: kind(
    408,
    'The request body took too long to arrive',
    'caller',
    'Send the body without long pauses.',
    true,
  ),
  body_malformed: kind(
    400,
    'The request body is not valid JSON',
    'caller',
    'One JSON value, UTF-8, no duplicate members, within the depth and size limits.',
  ),
  body_missing: kind(400, 'The request body is missing', 'caller', 'This operation needs a body.'),
  body_unexpected: kind(
    400,
    'A request body is not allowed here',
    'caller',
    'This operation takes no body.',
  ),
  media_type_unsupported: kind(
    415,
    'The media type is not supported',
    'caller',
    'Send the media type of the operation, usually application/json with charset UTF-8 or none.',
  ),
  content_coding_unsupported: kind(
    415,
    'The content coding is not supported',
    'caller',
    'Send the body without Content-Encoding.',
  ),
  // schema
  field_unknown: kind(
    400,
    'A field is not known',
    'caller',
    'The upstream would drop it silently; here it is refused with its pointer and the nearest known name.',
  ),
  field_invalid: kind(
    400,
    'A field has a wrong value',
    'caller',
    'The answer names the field and the allowed form.',
  ),
  field_missing: kind(400, 'A required field is missing', 'caller', 'The answer names the field.'),
  parameter_unknown: kind(
    400,
    'A query parameter is not known',
    'caller',
    'The answer names the nearest known parameter.',
  ),
  parameter_invalid: kind(
    400,
    'A parameter has a wrong value',
    'caller',
    'The answer names the parameter and the allowed form.',
  ),
  address_refused: kind(
    400,
    'An address in the request may not be fetched',
    'policy',
    'Addresses that the upstream would fetch must be https, public and, where the policy lists hosts, on that list.',
  ),
  // ownership
  resource_unknown: kind(
    404,
    'No such resource',
    'caller',
    'The id is unknown or belongs to another client. Resources made before Filmgate are taken in with filmgate adopt.',
  ),
  // admin
  route_unknown: kind(
    404,
    'No such route',
    'caller',
    'The method and path are not in the description of the admin API.',
  ),
  origin_refused: kind(
    403,
    'The request came from another site',
    'caller',
    'A page of another origin made a browser send this. The admin API answers only its own pages and tools.',
  ),
  permission_missing: kind(
    403,
    'The role lacks the needed permission',
    'policy',
    'The answer names the permission. Ask an owner for a role that has it.',
  ),
  grant_exceeded: kind(
    403,
    'More would be granted than may be granted',
    'policy',
    "A key cannot have scopes that its client's policy lacks; an admin cannot give a role that has more permissions than the own one.",
  ),
  own_account: kind(403, 'Nobody may change the own role or state', 'policy', 'Ask another owner.'),
  bootstrap_refused: kind(
    401,
    'The bootstrap token is not valid',
    'caller',
    'It is wrong, older than one hour, or was used. A gateway is bootstrapped once.',
  ),
  object_unknown: kind(404, 'No such object', 'caller', 'No object of the admin API has this id.'),
  name_taken: kind(
    409,
    'The name is taken',
    'caller',
    'Names of clients, of policies and of admins are unique.',
  ),
  state_conflict: kind(
    409,
    'The object is not in a state that allows this',
    'caller',
    'The answer says which state. For example, a revoked key stays revoked.',
  ),
  object_in_use: kind(
    409,
    'The object is in use',
    'caller',
    'The answer says by what. Change or remove that first.',
  ),
  last_owner: kind(409, 'There would be no owner left', 'policy', 'Make another owner first.'),
  waf_rules_invalid: kind(
    409,
    'The rules of the web application firewall are not valid',
    'caller',
    'The answer names file and line. The rules in force stay.',
  ),
  precondition_required: kind(
    428,
    'If-Match is required',
    'caller',
    'Read the object and send its ETag in If-Match, so that no change of somebody else is lost.',
  ),
  precondition_failed: kind(
    412,
    'The object has changed',
    'caller',
    'Somebody changed the object since it was read. Read it again and decide anew.',
  ),
  // gateway and upstream
  caller_gone: kind(
    499,
    'The caller left before the answer',
    'caller',
    'Seen in the audit log only: nobody is left to read the answer. A paid call may have taken effect.',
  ),
  store_unavailable: kind(
    503,
    'A store that this request needs is not available',
    'gateway',
    'Retry later. filmgate status names the store.',
    true,
  ),
  audit_unavailable: kind(
    503,
    'The audit log cannot be written',
    'gateway',
    'Nothing is forwarded that cannot be recorded. Check the disk of the data folder.',
    true,
  ),
  guard_failed: kind(
    500,
    'The request could not be checked',
    'gateway',
    'A guard failed; the request was refused and recorded. Please report it with the request id.',
  ),
  gateway_busy: kind(
    503,
    'The gateway is at its limit or shutting down',
    'gateway',
    'Retry later.',
    true,
  ),
  upstream_unreachable: kind(
    502,
    'The upstream cannot be reached',
    'upstream',
    'Connection refused, reset, or its certificate does not verify. Paid calls are never retried by the gateway.',
    true,
  ),
  upstream_timeout: kind(
    504,
    'The upstream did not answer in time',
    'upstream',
    'A paid call may still have taken effect: look at the job list before you repeat it.',
    true,
  ),
  upstream_invalid: kind(
    502,
    "The upstream's answer is not usable",
    'upstream',
    'Its framing or size was wrong, or an id that must be recorded was missing.',
  ),
  upstream_credential_refused: kind(
    502,
    "The upstream refuses the gateway's credential",
    'upstream',
    'Run filmgate upstream test; add a fresh credential.',
  ),
  circuit_open: kind(
    502,
    'The upstream failed too often and is being spared',
    'upstream',
    'Retry after the time in Retry-After.',
    true,
  ),
} as const satisfies Record<string, DenialKind>;

export type DenialCode = keyof typeof denials;

/** Builds a denial. */
export function deny(code: DenialCode, rest: Omit<Denial, 'denied' | 'code'> = {}): Denial {
  return { denied: true, code, ...rest };
}

/** Tells a denial from any other value. */
export function isDenial(value: unknown): value is Denial {
  return typeof value === 'object' && value !== null && (value as Denial).denied === true;
}
