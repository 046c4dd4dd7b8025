import { ok } from '../http/reply.ts';
import { flag, object, text, url } from '../input/shape.ts';
import { operation, operationWithBody, type Operation } from './operation.ts';

const visibility = object({ optional: { visible: flag } });

const editorBrand = object({
  required: { name: text({ min: 1 }) },
  optional: {
    description: text(),
    color: object({
      optional: {
        primary: object({
          optional: { main: text(), light: text(), contrastText: text(), dark: text() },
        }),
      },
    }),
    font: object({ optional: { family: text(), url: url(), format: text() } }),
    button: object({ optional: { notificationBell: visibility, downloadVideo: visibility } }),
  },
});

const fonts = ['Barlow', 'Lato', 'Montserrat', 'Open Sans', 'Poppins', 'Roboto'];

export const brandingOperations: readonly Operation[] = [
  operation({
    id: 'listStoryboardFonts',
    method: 'GET',
    path: '/v1/video/storyboard/fonts',
    handle: () => ok(fonts.map((fontFamily) => ({ fontFamily }))),
  }),
  operation({
    id: 'listVideoBrands',
    method: 'GET',
    path: '/v1/brands/video',
    handle: () =>
      ok([
        { id: 'brand-1', name: 'Sandbox brand' },
        { id: 'brand-2', name: 'Second sandbox brand' },
      ]),
  }),
  operation({
    id: 'listStyles',
    method: 'GET',
    path: '/v1/styles',
    handle: () =>
      ok([
        { id: 'style-1', name: 'Plain subtitles' },
        { id: 'style-2', name: 'Boxed subtitles' },
      ]),
  }),
  operation({
    id: 'listSmartLayouts',
    method: 'GET',
    path: '/v1/smartlayouts',
    handle: () =>
      ok({
        items: [
          { templateId: 'layout-1', templateName: 'Two columns', schemaVersion: 'v3' },
          { templateId: 'layout-2', templateName: 'Big number', schemaVersion: 'v3' },
        ],
      }),
  }),
  operationWithBody(editorBrand, {
    id: 'createEditVideoBrand',
    method: 'POST',
    path: '/v1/brands/editvideo',
    handle: ({ input, account }) =>
      ok({ success: true, data: { id: account.ids.uuid('brand'), name: input.name } }),
  }),
];
