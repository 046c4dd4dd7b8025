import { escapeHtml, page } from '../media/page.ts';
import type { Sandbox } from '../sandbox.ts';

const requestsShown = 200;

/** A page that lists what the sandbox saw: what is not here never arrived. */
export function overview(sandbox: Sandbox): string {
  const requests = sandbox.requests();
  const rows = requests
    .slice(-requestsShown)
    .toReversed()
    .map((request) =>
      row([request.number, request.requestLine, request.operation, request.status, request.fault]),
    );
  const jobs = sandbox
    .jobs()
    .slice(0, requestsShown)
    .map((job) => row([job.id, job.content.kind, job.status, job.startedBy.operation]));
  return page(
    'Pictory sandbox',
    `<p>API at ${escapeHtml(sandbox.url)}/pictoryapis</p>
<h2>Requests received: ${requests.length}</h2>
<table>${row(['No.', 'Request', 'Operation', 'Status', 'Fault'])}${rows.join('\n')}</table>
<h2>Jobs: ${sandbox.jobs().length}</h2>
<table>${row(['Id', 'Kind', 'Status', 'Started by'])}${jobs.join('\n')}</table>`,
  );
}

function row(cells: readonly (string | number | null)[]): string {
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(String(cell ?? ''))}</td>`).join('')}</tr>`;
}
