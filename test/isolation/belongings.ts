import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Json } from '../clients/sampleClient.ts';
import type { TestClient } from '../process/clients.ts';
import type { Reply } from '../process/https.ts';
import type { Stage } from '../process/stage.ts';

/** Kinds of things that a client may own. */
export type Kind =
  | 'job'
  | 'project'
  | 'template'
  | 'upload'
  | 'aws-connection'
  | 'vimeo-connection';

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

/** One call below the prefix; a body that is bytes goes as such, anything else as JSON. */
export function call(
  { edge, origin }: Pick<Stage, 'edge' | 'origin'>,
  key: string,
  method: string,
  path: string,
  { headers, body }: CallOptions = {},
): Promise<Reply> {
  const isOpaque = body instanceof Uint8Array;
  const contentType = isOpaque ? 'application/octet-stream' : 'application/json';
  return edge.send(method, `${origin}/pictoryapis${path}`, {
    headers: {
      authorization: key,
      ...(body !== undefined && { 'content-type': contentType }),
      ...headers,
    },
    body: body === undefined || isOpaque ? body : JSON.stringify(body),
  });
}

/** Makes things through the gateway, as their owner. The sandbox must be slow: jobs end here when they are told to. */
export function createBelongings(
  stage: Pick<Stage, 'edge' | 'origin' | 'sandbox'>,
  { key }: Pick<TestClient, 'key'>,
) {
  const made = async (path: string, body: Json): Promise<Json> => {
    const { status, json, text } = await call(stage, key, 'POST', path, { body });
    assert.ok(status >= 200 && status < 300, `POST ${path} was answered ${status}: ${text}`);
    return json;
  };
  const finished = (id: string): string => {
    assert.ok(stage.sandbox.finishJob(id));
    return id;
  };
  const storyboard = async (members: object = {}): Promise<string> => {
    const scenes = [{ story: 'One sentence.' }];
    const request = { videoName: 'own', scenes, ...members };
    return finished((await made('/v2/video/storyboard', request)).data.jobId);
  };
  return {
    /** A finished storyboard. */
    job: () => storyboard(),
    /** A finished transcription. */
    transcription: async (): Promise<string> => {
      const fileUrl = 'https://media.example.com/clip.mp4';
      return finished((await made('/v2/transcription', { fileUrl })).data.jobId);
    },
    project: async (): Promise<string> => {
      const job = await storyboard({ saveProject: true });
      const { json } = await call(stage, key, 'GET', `/v1/jobs/${job}`);
      return (json as Json).data.projectId;
    },
    template: async (): Promise<string> =>
      (await made('/v1/templates', Buffer.from('a template'))).templateId,
    upload: async (): Promise<string> =>
      (await made('/v1/media/generateurl', { fileName: 'a.mp4', contentType: 'video/mp4' })).data
        .url,
    'aws-connection': async (): Promise<string> =>
      (
        await made('/v1/awsconnections', {
          name: 'own',
          awsAccountId: '123456789012',
          awsRegion: 'us-east-1',
        })
      ).connectionId,
    'vimeo-connection': async (): Promise<string> =>
      (
        await made('/v1/vimeo-connections', {
          name: randomUUID(),
          clientIdentifier: 'identifier',
          clientSecret: 'secret',
          accessToken: 'token',
        })
      ).connectionId,
  } satisfies Readonly<Record<Kind | 'transcription', () => Promise<string>>>;
}

export type Belongings = ReturnType<typeof createBelongings>;
