import type { Account } from '../account/account.ts';
import { transcriptionCharges } from '../account/charges.ts';
import type { Edition, JobPlan } from '../account/job.ts';
import { jobLifeMs } from '../account/jobLife.ts';
import { invalidRequest } from '../http/reply.ts';
import { anyObject, choice, list, object, text, url } from '../input/shape.ts';
import { textOrNumber, transcript } from '../input/shapes.ts';
import { isReachable, textAt } from '../library/sources.ts';
import {
  highlight,
  spokenLengthSeconds,
  transcribe,
  type Transcript,
} from '../script/transcript.ts';
import { completedJob, isReply, startedCamel } from './jobReplies.ts';
import { operationWithBody, type Operation } from './operation.ts';

const v1Request = object({
  required: { fileUrl: url() },
  optional: { mediaType: text(), language: text(), webhook: url() },
  open: true,
});

const v2Request = object({
  required: { fileUrl: url() },
  optional: {
    mediaType: choice('video', 'audio'),
    language: text(),
    webhook: url(),
    transcript,
    highlights: list(anyObject),
  },
});

const highlightsRequest = object({
  required: { transcript },
  optional: {
    highlight_duration: textOrNumber,
    duration: textOrNumber,
    language: text(),
    webhook: url(),
  },
  open: true,
});

const jobHighlightsRequest = object({
  optional: { highlight_duration: textOrNumber, language: text(), webhook: url() },
});

const highlights = (edition: Edition, id: string, path: string) =>
  operationWithBody(highlightsRequest, {
    id,
    method: 'POST',
    path,
    handle({ input, startJob }) {
      const seconds = secondsOf(input.highlight_duration ?? input.duration);
      if (seconds === undefined) return invalidRequest('highlight_duration must be in seconds.');
      const { transcript: given, webhook } = input;
      return startedCamel(startJob(highlightsPlan(edition, given, seconds, webhook)));
    },
  });

export const transcriptionOperations: readonly Operation[] = [
  operationWithBody(v1Request, {
    id: 'createTranscriptionV1',
    method: 'POST',
    path: '/v1/transcription',
    handle: ({ input, account, startJob }) =>
      startedCamel(startJob(transcriptionPlan('v1', input, account))),
  }),
  operationWithBody(v2Request, {
    id: 'createTranscription',
    method: 'POST',
    path: '/v2/transcription',
    handle: ({ input, account, startJob }) =>
      startedCamel(startJob(transcriptionPlan('v2', input, account))),
  }),
  highlights('v1', 'createHighlightsV1', '/v1/transcription/highlights'),
  highlights('v2', 'createHighlights', '/v2/transcription/highlights'),
  operationWithBody(jobHighlightsRequest, {
    id: 'createHighlightsForJob',
    method: 'POST',
    path: '/v2/transcription/{jobId}/highlights',
    bodyOptional: true,
    handle({ params, input, account, startJob }) {
      const found = completedJob(account, params['jobId']!, 'transcription');
      if (isReply(found)) return found;
      const seconds = secondsOf(input.highlight_duration);
      if (seconds === undefined) return invalidRequest('highlight_duration must be in seconds.');
      const { transcript: source } = found.content;
      return startedCamel(startJob(highlightsPlan('v2', source, seconds, input.webhook)));
    },
  }),
];

interface MediaSource {
  readonly fileUrl: string;
  readonly mediaType?: string;
  readonly webhook?: string;
}

function transcriptionPlan(edition: Edition, source: MediaSource, account: Account): JobPlan {
  const { fileUrl, mediaType = 'video', webhook } = source;
  const spoken = transcribe(textAt(fileUrl), () => account.ids.uuid('transcript'));
  const seconds = spokenLengthSeconds(spoken);
  return {
    edition,
    content: { kind: 'transcription', transcript: spoken, mediaType, fileUrl },
    lifeMs: jobLifeMs.transcription(seconds),
    charges: transcriptionCharges(seconds, fileUrl),
    failure: isReachable(fileUrl, account)
      ? undefined
      : { code: 'TRANSCRIPTION_FAILED', message: 'The media file could not be read.' },
    webhook,
    inputUrls: [fileUrl],
  };
}

function highlightsPlan(
  edition: Edition,
  source: Transcript,
  seconds: number,
  webhook: string | undefined,
): JobPlan {
  return {
    edition,
    content: { kind: 'highlights', transcript: highlight(source, seconds) },
    lifeMs: jobLifeMs.highlights(),
    charges: [],
    webhook,
  };
}

const highlightSecondsByDefault = 60;

function secondsOf(value: string | number | undefined): number | undefined {
  const seconds = Number(value ?? highlightSecondsByDefault);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
