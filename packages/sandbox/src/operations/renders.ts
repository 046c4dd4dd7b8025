import type { Account } from '../account/account.ts';
import { renderCharges } from '../account/charges.ts';
import type { Edition, JobPlan } from '../account/job.ts';
import { jobLifeMs } from '../account/jobLife.ts';
import { notFound, type Reply } from '../http/reply.ts';
import { renderParamsShape, type RenderParams } from '../input/renderParams.ts';
import { v2StoryboardShape } from '../input/v2Storyboard.ts';
import { projectScript } from '../script/projectScript.ts';
import { editedScript, renderScript } from '../script/renderScript.ts';
import type { Script } from '../script/script.ts';
import { completedJob, isReply, startedCamel, startedSnake } from './jobReplies.ts';
import { operation, operationWithBody, type Operation } from './operation.ts';
import { prepareV2 } from './storyboards.ts';

export const renderOperations: readonly Operation[] = [
  operationWithBody(renderParamsShape, {
    id: 'createRenderV1',
    method: 'POST',
    path: '/v1/video/render',
    handle: ({ input, account, startJob }) =>
      startedSnake(startJob(paramsPlan('v1', input, account))),
  }),
  operationWithBody(renderParamsShape, {
    id: 'renderStoryboardJobV1',
    method: 'PUT',
    path: '/v1/video/render/{jobId}',
    bodyOptional: true,
    handle({ params, input, account, startJob }) {
      const plan = previewRenderPlan('v1', params['jobId']!, input, account);
      return isReply(plan) ? plan : startedSnake(startJob(plan));
    },
  }),
  operationWithBody(v2StoryboardShape, {
    id: 'renderStoryboardVideo',
    method: 'POST',
    path: '/v2/video/storyboard/render',
    handle({ input, account, startJob }) {
      const prepared = prepareV2(input, account);
      if (isReply(prepared)) return prepared;
      const { script, charges, ...rest } = prepared;
      const projectId = input.saveProject ? account.ids.uuid('project') : undefined;
      const vimeo = (input.destinations ?? []).some(({ type }) => type === 'vimeo');
      const job = startJob({
        ...rest,
        edition: 'v2',
        content: { kind: 'render', script, projectId, vimeo },
        lifeMs: jobLifeMs.storyboardAndRender(script),
        charges: [...charges, ...renderCharges(script)],
      });
      return startedCamel(job);
    },
  }),
  operationWithBody(renderParamsShape, {
    id: 'renderFromPreview',
    method: 'PUT',
    path: '/v2/video/render/{storyboardjobid}',
    bodyOptional: true,
    handle({ params, input, account, startJob }) {
      const plan = previewRenderPlan('v2', params['storyboardjobid']!, input, account);
      return isReply(plan) ? plan : startedCamel(startJob(plan));
    },
  }),
  operationWithBody(renderParamsShape, {
    id: 'renderVideo',
    method: 'POST',
    path: '/v2/video/render',
    handle: ({ input, account, startJob }) =>
      startedCamel(startJob(paramsPlan('v2', input, account))),
  }),
  operation({
    id: 'renderProject',
    method: 'POST',
    path: '/v2/projects/{projectid}/render',
    handle({ params, account, startJob }) {
      const project = account.projects.get(params['projectid']!);
      if (!project) return notFound('The project');
      return startedCamel(startJob(renderPlan('v2', projectScript(project, account.baseUrl))));
    },
  }),
];

function renderPlan(edition: Edition, script: Script, webhook?: string): JobPlan {
  return {
    edition,
    content: { kind: 'render', script, vimeo: false },
    lifeMs: jobLifeMs.render(script),
    charges: renderCharges(script),
    webhook,
  };
}

function paramsPlan(edition: Edition, input: RenderParams, account: Account): JobPlan {
  return renderPlan(edition, renderScript(input, account.baseUrl), input.webhook);
}

/** A finished preview's script, with its edited elements and what the body overrides. */
function previewRenderPlan(
  edition: Edition,
  id: string,
  input: RenderParams,
  account: Account,
): JobPlan | Reply {
  const found = completedJob(account, id, 'storyboard');
  if (isReply(found)) return found;
  const { script, elements } = found.content;
  const edited = editedScript(script, elements, account.baseUrl);
  return renderPlan(edition, renderScript(input, account.baseUrl, edited), input.webhook);
}
