import type { IdCreation, Operation, ResourceKind } from '../domain/operation.ts';
import type { Json, Shape } from '../domain/shape.ts';

/** All that the core knows of the API behind it. Adding an API means adding one of these; no guard changes. */
export interface Provider {
  readonly name: string;
  /** Where the real service is, when the configuration names no other address; https. */
  readonly baseUrl: string;
  /** First path segments that clients use, for example `/api`; operations' paths stand below it. */
  readonly prefix: string;
  readonly operations: readonly Operation[];
  /** Named shapes that `ref` points to. */
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Each scope with a sentence. */
  readonly scopes: Readonly<Record<string, string>>;
  /** Each field-level capability with a sentence. */
  readonly capabilities: Readonly<Record<string, string>>;
  readonly presets: Readonly<
    Record<string, { readonly scopes: readonly string[]; readonly capabilities: readonly string[] }>
  >;
  /** How the provider says "no such thing": an unknown or foreign id gets exactly this. */
  readonly unknownResource: (
    kind: ResourceKind,
    id: string,
  ) => { readonly status: number; readonly body: string };
  /** The call by which clients get a token from an id and a secret; answered by the gateway itself. */
  readonly tokenCall: {
    readonly operationId: string;
    readonly read: (
      body: Json,
    ) => { readonly clientId: string; readonly clientSecret: string } | null;
    readonly reply: (token: string, expiresInSeconds: number) => Json;
    /** Reply to a wrong id or secret, in the provider's shape. */
    readonly refused: () => { readonly status: number; readonly body: string };
  } | null;
  /** The call that reads one job, paced by the gateway; and how to read its reply. */
  readonly jobCall: {
    readonly operationId: string;
    readonly kind: ResourceKind;
    readonly parameter: string;
    readonly state: (reply: Json) => JobState;
    /** Further resources that a job may make and tells of in its reply; they become its owner's. */
    readonly yields: readonly IdCreation[];
  } | null;
  /** The kind of resource whose ids are addresses that later requests make the upstream fetch, such as uploads. */
  readonly addressKind: ResourceKind | null;
  /** Whether a reply with a 2xx status says that the call failed, so that nothing came to be. */
  readonly isRefusal: (reply: Json) => boolean;
  /** Headers that the gateway sets upstream for a client, for example a label. Never taken from the caller. */
  readonly clientHeaders: (clientId: string) => readonly (readonly [name: string, value: string])[];
  /** Request headers of callers that may pass, in lower case, beside the general ones. */
  readonly requestHeaders: readonly string[];
  /** How the upstream authenticates the gateway. */
  readonly credentials: ProviderCredentials;
  /** A read that spends nothing and shows that a credential works. */
  readonly probeOperationId: string;
}

export interface JobState {
  /** The provider's own word. */
  readonly word: string;
  readonly finished: boolean;
}

export interface ProviderCredentials {
  /** Whether a text has the form of this provider's API key: for `upstream add`, scans and the canary. */
  readonly isApiKey: (text: string) => boolean;
  readonly authorization: (keyOrToken: string) => string;
  /** The exchange of client id and secret for a token. */
  readonly exchange: {
    readonly path: string;
    readonly body: (clientId: string, clientSecret: string) => Json;
    readonly read: (
      reply: Json,
    ) => { readonly token: string; readonly expiresInSeconds: number } | null;
  };
}
