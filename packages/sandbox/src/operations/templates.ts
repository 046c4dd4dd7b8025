import type { Account } from '../account/account.ts';
import { newTemplate, type Template } from '../account/templates.ts';
import { invalidRequest, notFound, ok } from '../http/reply.ts';
import { anyObject, list, object, text } from '../input/shape.ts';
import { operation, operationWithBody, type Operation } from './operation.ts';

const changedScenes = object({
  required: {
    scenes: list(
      object({
        optional: {
          sceneId: text(),
          subtitles: list(object({ optional: { text: text() }, open: true })),
          backgroundVisual: object({ optional: { visualUrl: text(), url: text(), type: text() } }),
          layers: list(anyObject),
        },
        open: true,
      }),
    ),
  },
  open: true,
});

export const templateOperations: readonly Operation[] = [
  operation({
    id: 'listTemplates',
    method: 'GET',
    path: '/v1/templates',
    handle: ({ account }) => ok({ items: account.templates.list().map(summary) }),
  }),
  operation({
    id: 'createTemplate',
    method: 'POST',
    path: '/v1/templates',
    handle({ bytes, account }) {
      if (bytes.length === 0) return invalidRequest('The template file is empty.');
      const number = account.templates.list().length + 1;
      const template = newTemplate(account, `Template ${number}`);
      account.templates.set(template.templateId, template);
      const { scenes, variables } = template;
      return ok({ ...summary(template), audio: audioOf(account), scenes, variables });
    },
  }),
  operation({
    id: 'getTemplate',
    method: 'GET',
    path: '/v1/templates/{templateId}',
    handle({ params, account }) {
      const template = account.templates.get(params['templateId']!);
      return template ? ok(detail(template, account)) : notFound('The template');
    },
  }),
  operationWithBody(changedScenes, {
    id: 'updateTemplate',
    method: 'PUT',
    path: '/v1/templates/{templateId}',
    handle({ params, input, account }) {
      const templateId = params['templateId']!;
      const before = account.templates.get(templateId);
      if (!before) return notFound('The template');
      account.templates.set(templateId, { ...before, scenes: input.scenes });
      return ok({ success: true, message: 'Template updated.', templateId });
    },
  }),
  operation({
    id: 'deleteTemplate',
    method: 'DELETE',
    path: '/v1/templates/{templateId}',
    handle({ params, account }) {
      if (!account.templates.delete(params['templateId']!)) return notFound('The template');
      return ok({ success: true, message: 'Template deleted.' });
    },
  }),
];

function summary({ templateId, name, language, published, deprecated }: Template) {
  return { templateId, name, language, published, deprecated };
}

function audioOf({ baseUrl }: Account) {
  return { musicUrl: `${baseUrl}/files/stock/music-1.mp3`, musicVolume: 0.1, aiVoice: null };
}

/** `depricated` is the API's own spelling. */
function detail({ deprecated, ...template }: Template, account: Account) {
  const file = (name: string) =>
    `${account.baseUrl}/files/templates/${template.templateId}/${name}.json`;
  return {
    ...template,
    depricated: deprecated,
    backgroundMusic: audioOf(account),
    voiceOver: {},
    schemaVersion: 'v3',
    project: file('project'),
    structure: file('structure'),
  };
}
