import type { Account } from '../account/account.ts';
import type { UploadRefusal } from '../account/uploads.ts';
import type { Call } from './call.ts';
import { file, type Reply } from './reply.ts';

const prefix = '/uploads/';

/** Takes a PUT to a signed link; refusals look like the storage service's. */
export function upload(call: Call, account: Account): Reply {
  const contentType = call.headers['content-type'] ?? '';
  const key = call.path.slice(prefix.length);
  const refusal = account.uploads.store(key, call.query, { contentType, bytes: call.body });
  return refusal ? refused(refusal) : file('text/plain', '');
}

function refused(code: UploadRefusal): Reply {
  const reason = code === 'AccessDenied' ? 'Request has expired' : 'The signature does not match.';
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${reason}</Message></Error>`;
  return { ...file('application/xml', body), status: 403 };
}
