import type { Operation } from '../../packages/gateway/src/domain/operation.ts';
import { samples } from '../../packages/gateway/src/providers/pictory/samples.fixture.ts';
import type { Json } from '../clients/sampleClient.ts';
import type { Belongings, Kind } from './belongings.ts';
import { smallest } from './shapes.ts';

export interface Input {
  readonly path: string;
  readonly body: Json;
}

const sampleOf = (operationId: string): Json =>
  Object.values(samples).find((sample) => sample.operationId === operationId)?.body;

const storyboard = (): Json => ({ videoName: 'valid', scenes: [{ story: 'One sentence.' }] });

/** What the smallest body of the description lacks for the service itself. */
const bodies: Readonly<Record<string, (own: Belongings) => Json>> = {
  createStoryboardPreview: storyboard,
  renderStoryboardVideo: storyboard,
  createStoryboardFromTemplateV1: async (own) => ({ templateId: await own.template() }),
  createTemplate: () => Buffer.from('a template'),
  updateStoryboardElements: () => [
    { id: 'scene-1-background', elementType: 'backgroundElement', loop: false },
  ],
  createHighlightsV1: () => sampleOf('createHighlights'),
  updateVimeoConnection: () => ({ version: 1, description: 'changed' }),
  updateAwsConnection: () => ({ version: 1, description: 'changed' }),
};

const withJobs: Readonly<Record<string, 'transcription'>> = {
  createHighlightsForJob: 'transcription',
};

/** A call that the service takes: with things of the caller's own in the path, and a valid body. */
export async function validInput(operation: Operation, own: Belongings): Promise<Input> {
  let path = operation.path;
  for (const { at, kind } of operation.ids.filter((id) => id.in === 'path')) {
    const id = await own[withJobs[operation.id] ?? (kind as Kind)]();
    path = path.replace(`{${at}}`, encodeURIComponent(id));
  }
  const required = operation.query.filter((parameter) => parameter.required);
  const query = required.map(({ name, shape }) => `${name}=${String(smallest(shape))}`).join('&');
  return {
    path: query === '' ? path : `${path}?${query}`,
    body: operation.body === null ? undefined : await bodyOf(operation, own),
  };
}

async function bodyOf({ id, body }: Operation, own: Belongings): Promise<Json> {
  return (
    (await bodies[id]?.(own)) ?? sampleOf(id) ?? (body!.shape ? smallest(body!.shape) : undefined)
  );
}
