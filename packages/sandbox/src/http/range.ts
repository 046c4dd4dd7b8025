import type { Reply } from './reply.ts';

/** A single byte range of a reply (RFC 9110 section 14), so that players can seek; anything else gets the whole. */
export function partOf(reply: Reply, range: string | undefined): Reply {
  const whole = { ...reply, headers: { ...reply.headers, 'Accept-Ranges': 'bytes' } };
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '');
  if (!asked || (!asked[1] && !asked[2])) return whole;
  const size = reply.body.length;
  const from = asked[1] ? Number(asked[1]) : Math.max(0, size - Number(asked[2]));
  const to = asked[1] && asked[2] ? Math.min(Number(asked[2]), size - 1) : size - 1;
  if (from > to) return unsatisfiable(size);
  return {
    status: 206,
    headers: { ...whole.headers, 'Content-Range': `bytes ${from}-${to}/${size}` },
    body: reply.body.subarray(from, to + 1),
  };
}

function unsatisfiable(size: number): Reply {
  return { status: 416, headers: { 'Content-Range': `bytes */${size}` }, body: Buffer.alloc(0) };
}
