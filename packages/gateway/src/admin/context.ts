import type { KeyLife } from '../credentials/keyLife.ts';
import type { Denial } from '../domain/denial.ts';
import type { KeyEnvironment } from '../domain/key.ts';
import type { Answer } from '../domain/received.ts';
import type { AuditStore } from '../ports/auditStore.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import type { Upstream } from '../ports/upstream.ts';
import type { GuardMode } from '../pipeline/guard.ts';
import type { Provider } from '../providers/provider.ts';
import type { RuleSetFacts } from '../waf/ruleSets.ts';

/** All that the admin API works with. Given by the composition root; the API itself holds no state but its turns. */
export interface AdminContext {
  readonly stores: Stores;
  readonly audit: AuditStore;
  readonly clock: Clock;
  readonly provider: Provider;
  readonly credentials: Pick<KeyLife, 'issue' | 'rotate' | 'setState'>;
  readonly upstream: Pick<Upstream, 'send' | 'probe'>;
  /** Called after every change of a client or policy and before it is acknowledged: caches forget. */
  readonly changed: () => void;
  readonly status: () => StatusReport | Promise<StatusReport>;
  /** Writes a refusal as a problem document, as the edge does. */
  readonly refuse: (denial: Denial, requestId: string) => Answer;
  /** Names of the edge's guards in order, so that an explanation can show what was not reached. */
  readonly guards: readonly string[];
  readonly waf: WafControl;
  readonly config: ConfigView;
  /** Host names under which the API answers, without port. Others get 421: the defence against DNS rebinding. */
  readonly hosts: readonly string[];
  readonly defaults: AdminDefaults;
}

interface AdminDefaults {
  /** Environment of keys that this gateway takes. */
  readonly environment: KeyEnvironment;
  readonly keyLifetimeMs: number;
  readonly overlapMs: number;
  readonly adminLifetimeMs: number;
}

/** The configuration in force, without secrets: references stand as references. */
interface ConfigView {
  /** null: built-in defaults. */
  readonly file: string | null;
  readonly effective: Readonly<Record<string, unknown>>;
}

/** The rules of the web application firewall. */
export interface WafControl {
  readonly mode: GuardMode;
  readonly overrideCount: number;
  readonly exclusionsFile: string;
  /** null: it is off. */
  readonly facts: () => RuleSetFacts | null;
  /** null: it is off. @throws ConfigError for rules that the engine refuses; those in force stay */
  readonly reload: () => RuleSetFacts | null;
  readonly alarm: (message: string) => void;
}

/** What the gateway says of itself. */
export interface StatusReport {
  readonly version: string;
  readonly runtime: string;
  readonly mode: 'production' | 'development';
  readonly startedAtMs: number;
  readonly listeners: readonly { readonly name: string; readonly address: string }[];
  readonly capabilities: readonly Capability[];
}

/** One thing that the gateway can or cannot do now. */
export interface Capability {
  /** For example `store`, `audit`, `upstream`, `edge`. */
  readonly name: string;
  readonly state: 'ok' | 'degraded' | 'down';
  /** Whether the gateway is not ready without it. */
  readonly needed: boolean;
  /** One sentence for operators; never shown without authentication. */
  readonly detail: string;
}

/** What the transport knows of a request. */
export interface Caller {
  /** As in the X-Request-Id of the answer; the id of the audit entry. */
  readonly requestId: string;
  /** Address of the socket. The admin listener trusts no forwarding header. */
  readonly ip: string;
}
