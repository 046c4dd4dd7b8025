import type { IdCreation, IdReference, Listing, ResourceKind } from '../../domain/operation.ts';
import type { Shape } from '../../domain/shape.ts';

/**
 * What the API description does not say: which texts are ids of things that somebody owns, where replies tell of new
 * ones, and which values of a field cost more than others. tools/catalogue merges it with openapi.yaml and refuses
 * whatever does not fit.
 */

const job: IdCreation = { kind: 'job', pointers: ['/data/jobId', '/data/job_id', '/jobId'] };

/** The kind that a path parameter names; the longest prefix of the path decides. */
export const pathKinds: readonly (readonly [path: string, kind: ResourceKind])[] = [
  ['/v1/video/render/', 'job'],
  ['/v2/video/', 'job'],
  ['/v1/jobs/', 'job'],
  ['/v2/transcription/', 'job'],
  ['/v2/projects/', 'project'],
  ['/v1/templates/', 'template'],
  ['/v1/awsconnections/', 'aws-connection'],
  ['/v1/vimeo-connections/', 'vimeo-connection'],
];

/** Path parameters carry ids; no id is longer. */
export const pathShape: Shape = { types: ['string'], lengthMin: 1, lengthMax: 256 };

/**
 * Members of bodies that name an existing resource. Connections may be shared by the whole account: they are an
 * operator's to grant by a capability, so only one that belongs to another client is refused.
 */
export const bodyIds: readonly Pick<IdReference, 'kind' | 'at' | 'required'>[] = [
  { kind: 'job', at: 'jobId', required: true },
  { kind: 'job', at: 'job_id', required: true },
  { kind: 'project', at: 'projectId', required: true },
  { kind: 'project', at: 'project_id', required: true },
  { kind: 'template', at: 'templateId', required: true },
  { kind: 'aws-connection', at: 'awsConnectionId', required: false },
  { kind: 'vimeo-connection', at: 'vimeoConnectionId', required: false },
];

/** Every operation that starts a job creates one; these create something else. */
export const jobCreation = job;
export const creations: Readonly<Record<string, readonly IdCreation[]>> = {
  createTemplate: [{ kind: 'template', pointers: ['/templateId'] }],
  createUploadUrl: [{ kind: 'upload', pointers: ['/data/url'] }],
  createAwsConnection: [{ kind: 'aws-connection', pointers: ['/connectionId'] }],
  createVimeoConnection: [{ kind: 'vimeo-connection', pointers: ['/connectionId'] }],
};

/** A cleaned job stays readable, as `cleaned`; these are gone. */
export const deletions: Readonly<Record<string, ResourceKind>> = {
  deleteProject: 'project',
  deleteTemplate: 'template',
  deleteAwsConnection: 'aws-connection',
  deleteVimeoConnection: 'vimeo-connection',
};

const nextPageKey = { member: 'nextPageKey', parameter: 'nextPageKey' };

/** A generated picture or clip is known by the job that made it or by the address that the job told. */
const aiAsset: readonly IdCreation[] = [
  { kind: 'job', pointers: ['/id', '/jobId'] },
  { kind: 'ai-asset', pointers: ['/url'] },
];

export const listings: Readonly<Record<string, Listing>> = {
  listJobs: {
    items: 'items',
    owned: [{ kind: 'job', pointers: ['/data/jobId', '/data/job_id', '/job_id', '/jobId'] }],
    page: nextPageKey,
  },
  listProjects: {
    items: 'items',
    owned: [{ kind: 'project', pointers: ['/id'] }],
    page: { member: 'pageKey', parameter: 'pagekey' },
  },
  listTemplates: { items: 'items', owned: [{ kind: 'template', pointers: ['/templateId'] }] },
  listAiImages: { items: 'items', owned: aiAsset, page: nextPageKey },
  listAiVideos: { items: 'items', owned: aiAsset, page: nextPageKey },
  listAwsConnections: {
    items: 'Items',
    owned: [{ kind: 'aws-connection', pointers: ['/connectionId'] }],
  },
  listVimeoConnections: {
    items: 'Items',
    owned: [{ kind: 'vimeo-connection', pointers: ['/connectionId'] }],
    page: nextPageKey,
  },
};

/** Official clients write `generateUrl`, the documentation `generateurl`. */
export const anyCase: readonly string[] = ['createUploadUrl'];

/** Fields that make Pictory fetch or call an address, and the capability that grants it. */
export const fetchCapability = (member: string): string =>
  member === 'webhook' ? 'webhook' : 'remote-urls';

/**
 * Voices are named in three ways. The numeric track id and the id of ElevenLabs name premium voices too, and nothing in
 * them tells which: they need the capability. Names are left to the account's own voices.
 */
const speaker: Shape = {
  anyOf: [
    { types: ['integer'], capability: 'premium-voice' },
    { types: ['string'], pattern: '^[0-9]{1,20}$', capability: 'premium-voice' },
    { types: ['string'], pattern: '^[A-Za-z0-9]{20}$', capability: 'premium-voice' },
    { types: ['string'], lengthMax: 200 },
  ],
};

/** Shapes that replace those of the description: by named schema and member. */
export const memberShapes: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  AiVoice: { speaker },
  V1AiVoiceOver: { speaker },
  // Given back in the call to the webhook, and looked at by nobody on the way.
  V2StoryboardRequest: { webhookInput: { types: ['object'], inert: true } },
};
