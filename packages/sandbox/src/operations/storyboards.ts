import type { Account } from '../account/account.ts';
import { storyboardCharges } from '../account/charges.ts';
import type { JobFailure, JobPlan } from '../account/job.ts';
import { jobLifeMs } from '../account/jobLife.ts';
import { invalidBody, noContent, notFound, type Reply } from '../http/reply.ts';
import { choice, flag, list, number, object, text, url } from '../input/shape.ts';
import { fromTemplateShape, v1StoryboardShape, type V1Storyboard } from '../input/v1Storyboard.ts';
import { v2StoryboardShape, type V2Storyboard } from '../input/v2Storyboard.ts';
import { isReachable } from '../library/sources.ts';
import { findVoice } from '../library/voices.ts';
import { elementsOf } from '../results/elements.ts';
import type { Script } from '../script/script.ts';
import { templateScript } from '../script/templateScript.ts';
import { v1Script } from '../script/v1Script.ts';
import { v2Script } from '../script/v2Script.ts';
import { completedJob, isReply, startedCamel, startedTwice } from './jobReplies.ts';
import { operationWithBody, type Operation } from './operation.ts';

const elementChange = object({
  required: {
    id: text(),
    elementType: choice(
      'backgroundElement',
      'audioElement',
      'SceneText',
      'layerItem',
      'video',
      'image',
      'audio',
      'text',
    ),
  },
  optional: {
    type: text(),
    startTime: number(),
    duration: number(),
    url: url(),
    visualUrl: url(),
    visualType: text(),
    loop: flag,
    mute: flag,
    objectMode: text(),
    text: text(),
  },
});

export const storyboardOperations: readonly Operation[] = [
  operationWithBody(v1StoryboardShape, {
    id: 'createStoryboardV1',
    method: 'POST',
    path: '/v1/video/storyboard',
    handle: ({ input, account, startJob }) => startedTwice(startJob(v1Plan(input, account))),
  }),
  operationWithBody(fromTemplateShape, {
    id: 'createStoryboardFromTemplateV1',
    method: 'POST',
    path: '/v1/video/from-template',
    handle({ input, account, startJob }) {
      const template = account.templates.get(input.templateId);
      if (!template) return notFound('The template');
      const { variables = {}, scenes = [], webhook } = input;
      const script = templateScript(template, variables, scenes, account.baseUrl);
      return startedCamel(startJob({ ...previewPlan('v1', script, input), webhook }));
    },
  }),
  operationWithBody(v2StoryboardShape, {
    id: 'createStoryboardPreview',
    method: 'POST',
    path: '/v2/video/storyboard',
    handle({ input, account, startJob }) {
      const prepared = prepareV2(input, account);
      if (isReply(prepared)) return prepared;
      const { script, ...rest } = prepared;
      return startedCamel(
        startJob({ ...previewPlan('v2', script, input, account, input.saveProject), ...rest }),
      );
    },
  }),
  operationWithBody(list(elementChange, { min: 1 }), {
    id: 'updateStoryboardElements',
    method: 'PUT',
    path: '/v2/video/storyboard/{jobid}/elements',
    handle({ params, input, account }) {
      const found = completedJob(account, params['jobid']!, 'storyboard');
      if (isReply(found)) return found;
      const { content } = found;
      const known = new Set(content.elements.map(({ id }) => id));
      const unknown = input.flatMap(({ id }, index) =>
        known.has(id)
          ? []
          : [{ name: `[${index}].id`, errors: ['is not an element of this storyboard'] }],
      );
      if (unknown.length > 0) return invalidBody(unknown);
      const changes = new Map(input.map((change) => [change.id, change]));
      content.elements = content.elements.map((element) =>
        Object.assign({}, element, changes.get(element.id)),
      );
      return noContent();
    },
  }),
];

/** What the two v2 storyboard calls share: the script and everything that follows from the request. */
export function prepareV2(
  input: V2Storyboard,
  account: Account,
):
  | ({ readonly script: Script } & Pick<
      JobPlan,
      'charges' | 'failure' | 'webhook' | 'webhookInput' | 'inputUrls'
    >)
  | Reply {
  const template =
    input.templateId === undefined ? undefined : account.templates.get(input.templateId);
  if (input.templateId !== undefined && !template && !input.scenes) return notFound('The template');
  const script =
    template && !input.scenes
      ? {
          ...templateScript(template, input.variables ?? {}, [], account.baseUrl),
          name: input.videoName,
        }
      : v2Script(input, account.baseUrl);
  return {
    script,
    charges: storyboardCharges(input, script, account.voices),
    failure: v2Failure(input, account),
    webhook: input.webhook,
    webhookInput: input.webhookInput,
    inputUrls: v2Addresses(input),
  };
}

function v1Plan(input: V1Storyboard, account: Account): JobPlan {
  const script = v1Script(input, account.baseUrl);
  const addresses = input.scenes.flatMap(({ backgroundUri }) => backgroundUri ?? []);
  const { voiceOverUri } = input.audio ?? {};
  return {
    ...previewPlan('v1', script, input),
    failure: visualFailure(addresses, account),
    webhook: input.webhook,
    inputUrls: voiceOverUri ? [...addresses, voiceOverUri] : addresses,
  };
}

function previewPlan(
  edition: 'v1' | 'v2',
  script: Script,
  request: unknown,
  account?: Account,
  saveProject = false,
): JobPlan {
  const projectId = saveProject ? account?.ids.uuid('project') : undefined;
  const elements = elementsOf(script);
  return {
    edition,
    content: { kind: 'storyboard', script, request, projectId, elements },
    lifeMs: jobLifeMs.storyboard(script),
    charges: [],
  };
}

function v2Failure(input: V2Storyboard, account: Account): JobFailure | undefined {
  const scenes = input.scenes ?? [];
  const speakers = [input, ...scenes].flatMap(({ voiceOver }) => voiceOver?.aiVoices ?? []);
  const unknown = speakers.find(({ speaker }) => !findVoice(account.voices, speaker));
  if (unknown) {
    const message = `The AI voice speaker [${unknown.speaker}] is invalid.`;
    return { code: 'TEXT_TO_VIDEO_FAILED', message };
  }
  return visualFailure(
    scenes.flatMap(({ background }) => background?.visualUrl ?? []),
    account,
  );
}

function visualFailure(addresses: readonly string[], account: Account): JobFailure | undefined {
  const index = addresses.findIndex((address) => !isReachable(address, account));
  if (index < 0) return undefined;
  const message = 'The visual of a scene background was not found.';
  return { code: 'SCENE_BACKGROUND_VISUAL_NOT_FOUND', message };
}

function v2Addresses(input: V2Storyboard): readonly string[] {
  return (input.scenes ?? []).flatMap(({ audioUrl, videoUrl, background }) =>
    [audioUrl, videoUrl, background?.visualUrl].flatMap((address) => address ?? []),
  );
}
