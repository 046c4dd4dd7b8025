import type { Account } from '../account/account.ts';
import { rgbOf, videoColour } from '../media/colour.ts';
import { jobFile } from '../media/jobFiles.ts';
import { silentMp3 } from '../media/mp3.ts';
import { mp4 } from '../media/mp4.ts';
import { page } from '../media/page.ts';
import { png } from '../media/png.ts';
import type { Call } from './call.ts';
import { partOf } from './range.ts';
import { file, json, type Reply } from './reply.ts';

/** Answers GET and HEAD below `/files/`: results, uploads and stock. Nobody needs a credential here. */
export function publicFile(call: Call, account: Account): Reply {
  const [, , area = '', ...rest] = call.path.split('/');
  const found = find(area, rest, call.query, account);
  if (!found) return json(404, { message: 'Not Found' });
  return found.status === 200 ? partOf(found, call.headers.range) : found;
}

function find(
  area: string,
  rest: readonly string[],
  query: URLSearchParams,
  account: Account,
): Reply | undefined {
  switch (area) {
    case 'jobs':
      return resultFile(rest, account);
    case 'uploads':
      return uploadedFile(rest.join('/'), account);
    case 'stock':
      return stockFile(rest[0] ?? '', query, account);
    case 'templates':
      return templateFile(rest[0] ?? '', account);
    case 'projects':
      return projectPage(rest[0] ?? '', account);
    default:
      return undefined;
  }
}

function resultFile([id = '', name = '']: readonly string[], account: Account): Reply | undefined {
  const job = account.jobs.get(id);
  return job?.status === 'completed' ? jobFile(job, name, account.baseUrl) : undefined;
}

function uploadedFile(key: string, account: Account): Reply | undefined {
  const stored = account.uploads.read(key);
  return stored && file(stored.contentType, stored.bytes);
}

const stockSize = { widthPixels: 320, heightPixels: 180 };

/** Every name of a known form exists. Links with a time in them stop at that time. */
function stockFile(name: string, query: URLSearchParams, account: Account): Reply | undefined {
  const expiresAtMs = query.get('expiresAt');
  if (expiresAtMs !== null && Number(expiresAtMs) <= account.clock.now())
    return json(403, { message: 'The link has expired.' });
  const [, kind] = /^(clip|picture|music|voice)-\d{1,9}\.(?:mp4|png|mp3)$/.exec(name) ?? [];
  switch (kind) {
    case 'clip':
      return file(
        'video/mp4',
        mp4(stockSize, [{ colour: videoColour(rgbOf(name)), durationMs: 10_000 }]),
      );
    case 'picture':
      return file('image/png', png(stockSize, rgbOf(name)));
    case 'music':
    case 'voice':
      return file('audio/mpeg', silentMp3(10));
    default:
      return undefined;
  }
}

function templateFile(id: string, account: Account): Reply | undefined {
  const template = account.templates.get(id);
  return template && json(200, template);
}

function projectPage(name: string, account: Account): Reply | undefined {
  const project = account.projects.get(name.replace(/\.html$/, ''));
  return (
    project &&
    file('text/html; charset=utf-8', page(project.projectName, '<p>A saved project.</p>'))
  );
}
