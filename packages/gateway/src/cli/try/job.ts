import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import type { TryClient } from './clients.ts';
import { callEdge } from './edge.ts';
import type { Tell } from './events.ts';

export const renderPath = '/v2/video/storyboard/render';

export const storyboard = {
  videoName: 'hello_filmgate',
  videoWidth: 1280,
  videoHeight: 720,
  language: 'en',
  scenes: [
    {
      story:
        'Hello from Filmgate. This video was made through a gateway. The real key never left it.',
      createSceneOnEndOfSentence: true,
    },
  ],
};

interface JobReply {
  readonly status?: string;
  readonly renderProgress?: number;
  readonly videoURL?: string;
  readonly error_message?: string;
}

/** Sends a storyboard to be rendered and follows the job to its end; returns the job's id. */
export async function makeVideo(edgeUrl: string, client: TryClient, tell: Tell): Promise<string> {
  const sent = await callEdge(edgeUrl, client, 'POST', renderPath, storyboard);
  const job = (sent.json['data'] as { jobId?: string } | undefined)?.jobId;
  if (job === undefined) {
    throw new Failure(`the render call was answered with ${sent.status}`, [
      JSON.stringify(sent.json),
    ]);
  }
  const { status, requestId } = sent;
  tell({ event: 'sent', operation: `POST ${renderPath}`, status, job, request_id: requestId });
  await watchVideo(job, await followJob(edgeUrl, client, job, tell), tell);
  return job;
}

/** Polls without a pause, as many of the provider's clients do: the gateway sets the pace. */
async function followJob(
  edgeUrl: string,
  client: TryClient,
  job: string,
  tell: Tell,
): Promise<JobReply> {
  for (;;) {
    const { status, json } = await callEdge(edgeUrl, client, 'GET', `/v1/jobs/${job}`);
    const data = (json['data'] ?? {}) as JobReply;
    if (status !== 200) throw new Failure(`the job call was answered with ${status}`);
    const percent = data.renderProgress ?? null;
    tell({ event: 'progress', job, status: data.status ?? 'unknown', percent });
    if (data.status === 'completed') return data;
    if (data.status !== 'in-progress') throw new Failure(`the job ended as ${data.status}`);
    await sleep(0);
  }
}

async function watchVideo(job: string, { videoURL }: JobReply, tell: Tell): Promise<void> {
  if (videoURL === undefined) throw new Failure('the finished job has no link to its video');
  const response = await fetch(videoURL);
  const { byteLength } = await response.arrayBuffer();
  tell({ event: 'video', job, url: videoURL, bytes: byteLength });
}
