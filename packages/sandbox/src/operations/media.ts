import { invalidRequest, ok } from '../http/reply.ts';
import { object, text } from '../input/shape.ts';
import { searchStock } from '../library/stock.ts';
import { operation, operationWithBody, type Operation } from './operation.ts';

/** How long the watermarked previews of a search can be read. */
const previewLinkSeconds = 3600;

const uploadRequest = object({
  required: { fileName: text({ min: 1 }), contentType: text({ min: 1 }) },
});

export const mediaOperations: readonly Operation[] = [
  operation({
    id: 'searchMedia',
    method: 'GET',
    path: '/v1/media/search',
    handle({ query, account }) {
      const keyword = query.get('keyword');
      if (!keyword) return invalidRequest('keyword is required.');
      const page = Number(query.get('page') ?? 1);
      if (!Number.isSafeInteger(page) || page < 1) return invalidRequest('page must be 1 or more.');
      const expiresAtMs = account.clock.now() + previewLinkSeconds * 1000;
      const searchResults = searchStock(account.baseUrl, keyword, page, expiresAtMs);
      return ok({ success: true, data: { page, searchResults } });
    },
  }),
  operationWithBody(uploadRequest, {
    id: 'createUploadUrl',
    method: 'POST',
    path: '/v1/media/generateurl',
    handle({ input, account }) {
      const link = account.uploads.link(input.fileName, input.contentType);
      const signedUrl = account.baseUrl + link.signedPath;
      const url = account.baseUrl + link.publicPath;
      return ok({ success: true, data: { signedUrl, url, key: link.key } });
    },
  }),
];
