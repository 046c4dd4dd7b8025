import type { Script } from '../script/script.ts';
import type { Transcript } from '../script/transcript.ts';
import type { Charge } from './quotas.ts';

export type JobStatus = 'in-progress' | 'completed' | 'failed' | 'cleaned';

/** The older edition (`/v1`) and the newer one name the same results differently. */
export type Edition = 'v1' | 'v2';

export interface JobFailure {
  readonly code: string;
  readonly message: string;
}

/** An editable part of a finished v2 storyboard. */
export interface StoryboardElement {
  readonly id: string;
  readonly elementType: string;
  readonly [field: string]: unknown;
}

export interface AiVisualContent {
  readonly prompt: string;
  readonly model: string;
  readonly aspectRatio: string;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly style?: string | undefined;
  readonly referenceImageUrl?: string | undefined;
}

/** What a job makes, by kind. */
export type JobContent =
  | {
      readonly kind: 'storyboard';
      readonly script: Script;
      readonly request: unknown;
      readonly projectId?: string | undefined;
      elements: readonly StoryboardElement[];
    }
  | {
      readonly kind: 'render';
      readonly script: Script;
      readonly projectId?: string | undefined;
      readonly vimeo: boolean;
    }
  | {
      readonly kind: 'transcription';
      readonly transcript: Transcript;
      readonly mediaType: string;
      readonly fileUrl: string;
    }
  | { readonly kind: 'highlights'; readonly transcript: Transcript }
  | ({ readonly kind: 'ai-image' } & AiVisualContent)
  | ({ readonly kind: 'ai-video'; readonly durationSeconds: number } & AiVisualContent);

/** The request that started a job. */
export interface StartingRequest {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
}

/** What an operation asks for when it starts a job. */
export interface JobPlan {
  readonly edition: Edition;
  readonly content: JobContent;
  /** How long the real service would take, before the sandbox's speed. */
  readonly lifeMs: number;
  readonly charges: readonly Charge[];
  /** The job runs its time and then fails so. */
  readonly failure?: JobFailure | undefined;
  readonly webhook?: string | undefined;
  readonly webhookInput?: unknown;
  /** Addresses of uploads that the job reads; cleaning the job erases them. */
  readonly inputUrls?: readonly string[] | undefined;
}

export interface Job extends JobPlan {
  readonly id: string;
  readonly startedBy: StartingRequest;
  readonly startedAtMs: number;
  finishesAtMs: number;
  status: JobStatus;
  failure?: JobFailure | undefined;
}

/** What a fault does to a job that is about to start. */
export interface JobFate {
  readonly failure?: JobFailure;
  /** Replaces the job's running time on the account's clock; `Infinity` never ends. */
  readonly runMs?: number;
}
