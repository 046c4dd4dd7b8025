import { z } from '@hono/zod-openapi';
import { ConfigError } from '../config/load.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { deny, type Denial } from '../domain/denial.ts';
import {
  addExclusions,
  exclusionsText,
  proposeExclusions,
  readExclusions,
  type Exclusion,
} from '../waf/exclusions.ts';
import type { RuleSetFacts } from '../waf/ruleSets.ts';
import type { AdminContext, WafControl } from './context.ts';
import { changes, reads, type Endpoint, type Plan } from './endpoint.ts';
import { reason, toTime } from './wire.ts';

const rulesReply = z
  .strictObject({
    mode: z.enum(['off', 'report', 'enforce']),
    core_rule_set: z
      .strictObject({ folder: z.string(), signature: z.string() })
      .nullable()
      .meta({ description: 'null: the built-in rules alone' }),
    rules: z.int(),
    paranoia: z.int(),
    inbound_threshold: z.int(),
    outbound_threshold: z.int(),
    overrides: z.int(),
    exclusions_file: z.string(),
    warnings: z.array(z.string()),
  })
  .openapi('WafRules');

const exclusionReply = z
  .strictObject({
    file: z.string(),
    text: z.string().meta({ description: 'SecLang' }),
    exclusions: z.array(
      z.strictObject({
        rule: z.int(),
        field: z.string().nullable(),
        operation: z.string().nullable().meta({ description: 'null: every operation' }),
      }),
    ),
  })
  .openapi('WafExclusions');

const exclusionBody = z
  .strictObject({
    request_id: z.string().max(64).meta({ description: 'The request that was no attack' }),
    rules: z
      .array(z.int().min(1))
      .min(1)
      .max(20)
      .optional()
      .meta({ description: 'Absent: all that counted' }),
    field: z
      .string()
      .max(200)
      .regex(
        /^(?:(?:header:)?[A-Za-z0-9_-]+(?:\.(?:[A-Za-z0-9_-]+|\*))*|[A-Z][A-Z_]*(?::[A-Za-z0-9_.-]+)?)$/,
        'a field such as json.scenes.*.story, header:user-agent or REQUEST_FILENAME',
      )
      .optional()
      .meta({ description: 'Absent: the fields in which they found something' }),
    operation: z
      .string()
      .max(100)
      .optional()
      .meta({ description: "An operation, or * for every one; absent: the request's own" }),
    reason,
  })
  .openapi('WafExclusion');

/** The rules of the web application firewall: which are in force, a fresh load, and what they are not to look at. */
export function wafEndpoints(context: AdminContext): readonly Endpoint[] {
  const { waf } = context;
  return [
    reads({
      path: '/v1/waf',
      summary: 'Show the rules of the web application firewall that are in force',
      permission: 'waf:read',
      reply: rulesReply,
      run: () => ({ body: toRulesReply(waf, waf.facts()) }),
    }),
    changes({
      method: 'post',
      path: '/v1/waf/reload',
      summary: 'Read the rules of the web application firewall again; no request is dropped',
      permission: 'waf:reload',
      reply: rulesReply,
      body: z.strictObject({}),
      plan: () => ({
        target: 'waf rules',
        changes: {},
        effect: ['requests from now on meet the rules as they are on the disk'],
        apply: async () => {
          const facts = load(waf);
          return 'denied' in facts ? facts : { body: toRulesReply(waf, facts) };
        },
      }),
    }),
    changes({
      method: 'post',
      path: '/v1/waf/exclusions',
      summary: 'Let rules not look where they were wrong about a request',
      permission: 'waf:exclude',
      reply: exclusionReply,
      body: exclusionBody,
      plan: ({ body, admin }) => planExclusion(context, body, admin.name),
    }),
  ];
}

const noRules = deny('state_conflict', { hint: 'guards.waf is off: there are no rules' });

function toRulesReply(waf: WafControl, facts: RuleSetFacts | null): z.output<typeof rulesReply> {
  return {
    mode: waf.mode,
    core_rule_set: facts?.crs ?? null,
    rules: facts?.rules ?? 0,
    paranoia: facts?.paranoia ?? 0,
    inbound_threshold: facts?.inboundThreshold ?? 0,
    outbound_threshold: facts?.outboundThreshold ?? 0,
    overrides: waf.overrideCount,
    exclusions_file: waf.exclusionsFile,
    warnings: [...(facts?.warnings ?? [])],
  };
}

/** An invalid set changes nothing, and is told to the operator of the process, too. */
function load(waf: WafControl): RuleSetFacts | Denial {
  try {
    return waf.reload() ?? noRules;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    waf.alarm(`the WAF keeps its rules: ${error.message}`);
    return deny('waf_rules_invalid', {
      hint: error.message,
      detail: { reason: error.message, remedy: 'mend the file and reload' },
    });
  }
}

async function planExclusion(
  context: AdminContext,
  wanted: z.output<typeof exclusionBody>,
  by: string,
): Promise<Plan | Denial> {
  const { waf, provider, clock } = context;
  if (waf.mode === 'off') return noRules;
  const entry = await context.audit.find(wanted.request_id);
  if (entry === null) return deny('object_unknown', { pointer: '/request_id' });
  const operation = operationOf(context, entry, wanted.operation);
  if (operation === undefined) {
    return deny('field_invalid', { pointer: '/operation', hint: 'there is no such operation' });
  }
  const exclusions = proposeExclusions(entry, { ...wanted, operation });
  if (typeof exclusions === 'string') return deny('state_conflict', { hint: exclusions });
  const text = exclusionsText(
    exclusions,
    { by, at: toTime(clock.nowMs()), requestId: entry.id, reason: wanted.reason },
    provider.prefix,
    readExclusions(waf.exclusionsFile),
  );
  return {
    target: 'waf exclusions',
    changes: { request_id: entry.id, exclusions: exclusions.map(toReply) },
    effect: exclusions.map(toSentence),
    reason: wanted.reason,
    apply: async () => {
      const undo = addExclusions(waf.exclusionsFile, text);
      const facts = load(waf);
      if ('denied' in facts) {
        undo();
        return facts;
      }
      return { body: { file: waf.exclusionsFile, text, exclusions: exclusions.map(toReply) } };
    },
  };
}

/** undefined: no such operation; null: every one. */
function operationOf({ provider }: AdminContext, entry: AuditEntry, written: string | undefined) {
  if (written === '*') return null;
  return provider.operations.find(({ id }) => id === (written ?? entry.action));
}

const toReply = ({ rule, field, operation }: Exclusion) => ({
  rule,
  field,
  operation: operation?.id ?? null,
});

const toSentence = ({ rule, field, operation }: Exclusion): string =>
  `rule ${rule} does not look at ${field ?? 'anything'} of ${operation?.id ?? 'any operation'} any more`;
