import type { Account } from '../account/account.ts';
import { imageCharge, videoCharge } from '../account/charges.ts';
import type { AiVisualContent, Job, JobContent } from '../account/job.ts';
import { jobLifeMs } from '../account/jobLife.ts';
import { jobLinks } from '../account/links.ts';
import { imageModelByDefault, videoModelByDefault } from '../account/prices.ts';
import { ok, type Reply } from '../http/reply.ts';
import { exclusive } from '../input/rules.ts';
import { choice, list, object, text, url } from '../input/shape.ts';
import { frameOf } from '../script/frame.ts';
import { startedCamel } from './jobReplies.ts';
import { operation, operationWithBody, type Operation } from './operation.ts';
import { page } from './page.ts';

const visualsPageSize = 100;
const prompt = text({ min: 5, max: 5000 });

const imageRequest = object({
  required: { prompt },
  optional: {
    model: choice('seedream3.0', 'flux-schnell', 'nanobanana', 'nanobanana-pro'),
    aspectRatio: choice('1:1', '16:9', '9:16'),
    style: choice('photorealistic', 'artistic', 'cartoon', 'minimalist', 'vintage', 'futuristic'),
    referenceImageUrl: url(),
    webhook: url(),
  },
});

const videoRequest = object({
  required: { prompt },
  optional: {
    model: choice('pixverse5.5', 'veo3.1', 'veo3.1_fast'),
    aspectRatio: choice('16:9', '9:16', '1:1', '3:4', '4:3'),
    duration: choice('4s', '5s', '6s', '8s', '10s'),
    firstFrameImageUrl: url(),
    extendVideoUrl: url(),
    referenceImageUrls: list(url()),
    webhook: url(),
  },
  rules: [exclusive('firstFrameImageUrl', 'extendVideoUrl', 'referenceImageUrls')],
});

export const aiStudioOperations: readonly Operation[] = [
  operationWithBody(imageRequest, {
    id: 'createAiImage',
    method: 'POST',
    path: '/v1/aistudio/images',
    handle({ input, startJob }) {
      const visual = visualOf({ ...input, model: input.model ?? imageModelByDefault });
      const job = startJob({
        edition: 'v1',
        content: { kind: 'ai-image', ...visual },
        lifeMs: jobLifeMs.aiImage(),
        charges: [imageCharge(visual.model, visual.prompt)],
        webhook: input.webhook,
      });
      return startedCamel(job);
    },
  }),
  operation({
    id: 'listAiImages',
    method: 'GET',
    path: '/v1/aistudio/images',
    handle: ({ query, account }) => visuals(account, 'ai-image', query, imageItem),
  }),
  operationWithBody(videoRequest, {
    id: 'createAiVideo',
    method: 'POST',
    path: '/v1/aistudio/videos',
    handle({ input, startJob }) {
      const visual = visualOf({ ...input, model: input.model ?? videoModelByDefault });
      const durationSeconds = Number.parseInt(input.duration ?? '5s', 10);
      const job = startJob({
        edition: 'v1',
        content: { kind: 'ai-video', durationSeconds, ...visual },
        lifeMs: jobLifeMs.aiVideo(durationSeconds),
        charges: [videoCharge(visual.model, durationSeconds, visual.prompt)],
        webhook: input.webhook,
      });
      return startedCamel(job);
    },
  }),
  operation({
    id: 'listAiVideos',
    method: 'GET',
    path: '/v1/aistudio/videos',
    handle: ({ query, account }) => visuals(account, 'ai-video', query, videoItem),
  }),
];

function visualOf(input: {
  readonly prompt: string;
  readonly model: string;
  readonly aspectRatio?: string;
  readonly style?: string;
  readonly referenceImageUrl?: string;
}): AiVisualContent {
  const aspectRatio = input.aspectRatio ?? '16:9';
  const { prompt, model, style, referenceImageUrl } = input;
  return { prompt, model, aspectRatio, style, referenceImageUrl, ...frameOf({ aspectRatio }) };
}

/** Only what was completed is listed, newest first. */
function visuals<Kind extends 'ai-image' | 'ai-video'>(
  account: Account,
  kind: Kind,
  query: URLSearchParams,
  item: (job: Job, content: Extract<JobContent, { kind: Kind }>, account: Account) => unknown,
): Reply {
  const done = account.jobs
    .list()
    .filter(({ content, status }) => content.kind === kind && status === 'completed');
  const key = query.get('nextPageKey');
  const { items, nextPageKey } = page(done, ({ id }) => id, key, visualsPageSize);
  return ok({
    items: items.map((job) =>
      item(job, job.content as Extract<JobContent, { kind: Kind }>, account),
    ),
    nextPageKey,
  });
}

function imageItem(job: Job, content: AiVisualContent, account: Account) {
  const { style, referenceImageUrl } = content;
  const url = jobLinks(account.baseUrl, job).image;
  return { ...common(job, content), url, style, referenceImageUrl };
}

function videoItem(
  job: Job,
  content: AiVisualContent & { readonly durationSeconds: number },
  account: Account,
) {
  const links = jobLinks(account.baseUrl, job);
  return {
    ...common(job, content),
    url: links.video,
    duration: `${content.durationSeconds}s`,
    previewImageUrl: links.thumbnail,
    thumbnailImageUrl: links.thumbnail,
    lastFrameImageUrl: links.lastFrame,
  };
}

function common(job: Job, content: AiVisualContent) {
  return {
    id: job.id,
    prompt: content.prompt,
    aspectRatio: content.aspectRatio,
    createdDate: new Date(job.startedAtMs).toISOString(),
    model: content.model,
    width: content.widthPixels,
    height: content.heightPixels,
  };
}
