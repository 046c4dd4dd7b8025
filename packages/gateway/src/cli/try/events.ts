/** What `filmgate try` tells, in order: one JSON line each with `--json`, prose otherwise. */
export type TryEvent =
  | {
      readonly event: 'started';
      readonly edge: string;
      readonly admin: string;
      readonly sandbox: string;
      readonly ca: string;
      readonly folder: string;
    }
  | {
      readonly event: 'client';
      readonly name: string;
      readonly key_id: string;
      readonly scopes: readonly string[];
      readonly networks: readonly string[];
    }
  | {
      readonly event: 'sent';
      readonly operation: string;
      readonly status: number;
      readonly job: string;
      readonly request_id: string;
    }
  | {
      readonly event: 'progress';
      readonly job: string;
      readonly status: string;
      readonly percent: number | null;
    }
  | { readonly event: 'video'; readonly job: string; readonly url: string; readonly bytes: number }
  | {
      readonly event: 'denied';
      readonly what: string;
      readonly status: number;
      readonly code: string;
      readonly reason: string;
      readonly remedy: string;
      readonly request_id: string;
    }
  | {
      readonly event: 'audit';
      readonly at: string;
      readonly who: string;
      readonly action: string;
      readonly decision: string;
      readonly code: string | null;
      readonly status: number | null;
      readonly request_id: string;
    }
  | { readonly event: 'hand'; readonly curl: string; readonly key: string }
  | {
      readonly event: 'done';
      readonly job: string;
      readonly seconds: number;
      readonly denied: number;
      readonly upstream_saw_denied: number;
    };

export type Tell = (event: TryEvent) => void;
