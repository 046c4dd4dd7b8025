import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { Unresolvable } from '../ports/resolver.ts';
import { createResolver, type ResolverOptions } from './resolver.ts';

type Answer = { readonly rcode: number; readonly address?: readonly number[] } | 'silence';

/** A name server on this machine (RFC 1035), answering as told for each name and family (1: A, 28: AAAA). */
async function serve(context: TestContext, answers: Readonly<Record<string, Answer>>) {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => {
    const { name, type, end } = readQuestion(query);
    asked.push(`${name} ${type}`);
    const answer = answers[`${name} ${type}`] ?? { rcode: 0 };
    if (answer !== 'silence')
      socket.send(reply(query.subarray(0, end), type, answer), peer.port, peer.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  context.after(() => socket.close());
  return { asked, server: `127.0.0.1:${socket.address().port}` };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    labels.push(query.subarray(at + 1, at + 1 + query[at]!).toString());
    at += 1 + query[at]!;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function reply(
  question: Buffer,
  type: number,
  { rcode, address }: Exclude<Answer, string>,
): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180 | rcode, 2);
  head.writeUInt16BE(address ? 1 : 0, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  if (!address) return head;
  const record = Buffer.from([
    0xc0,
    0x0c,
    0,
    type,
    0,
    1,
    0,
    0,
    0,
    60,
    0,
    address.length,
    ...address,
  ]);
  return Buffer.concat([head, record]);
}

const v6 = [0x26, 0x06, 0x47, 0, ...Array<number>(10).fill(0), 0x11, 0x11];

async function setUp(
  context: TestContext,
  answers: Readonly<Record<string, Answer>>,
  options: Partial<ResolverOptions> = {},
) {
  const { asked, server } = await serve(context, answers);
  const time = { nowMs: 0 };
  const resolver = createResolver({
    clock: { monotonicMs: () => time.nowMs },
    timeoutMs: 2_000,
    tries: 1,
    inFlightMax: 4,
    keepMs: 1_000,
    entriesMax: 2,
    servers: [server],
    ...options,
  });
  return { asked, resolver, time };
}

describe('the resolver', () => {
  it('gives the addresses of both families', async (t) => {
    const { resolver } = await setUp(t, {
      'a.example.com 1': { rcode: 0, address: [93, 184, 215, 14] },
      'a.example.com 28': { rcode: 0, address: v6 },
    });
    const found = await resolver.resolve('a.example.com');
    assert.deepEqual([...found].sort(), ['2606:4700::1111', '93.184.215.14']);
  });

  it('takes a name with one family only', async (t) => {
    const { resolver } = await setUp(t, {
      'a.example.com 1': { rcode: 0, address: [10, 0, 0, 1] },
    });
    assert.deepEqual(await resolver.resolve('a.example.com'), ['10.0.0.1']);
  });

  it('fails for a name that is not there or has no address', async (t) => {
    const { resolver } = await setUp(t, {
      'a.example.com 1': { rcode: 3 },
      'a.example.com 28': { rcode: 3 },
    });
    await assert.rejects(resolver.resolve('a.example.com'), Unresolvable);
    await assert.rejects(resolver.resolve('b.example.com'), Unresolvable);
  });

  it('fails when either family fails, so that a half answer is no answer', async (t) => {
    const { resolver } = await setUp(t, {
      'a.example.com 1': { rcode: 0, address: [93, 184, 215, 14] },
      'a.example.com 28': { rcode: 2 },
    });
    await assert.rejects(resolver.resolve('a.example.com'), Unresolvable);
  });

  it('fails when the servers are silent', async (t) => {
    const { resolver } = await setUp(
      t,
      { 'a.example.com 1': 'silence', 'a.example.com 28': 'silence' },
      { timeoutMs: 50 },
    );
    await assert.rejects(resolver.resolve('a.example.com'), Unresolvable);
  });

  it('keeps answers for a while, and forgets failures', async (t) => {
    const answers: Record<string, Answer> = {
      'a.example.com 1': { rcode: 0, address: [8, 8, 8, 8] },
    };
    const { resolver, asked, time } = await setUp(t, answers);
    await Promise.all([resolver.resolve('a.example.com'), resolver.resolve('a.example.com')]);
    assert.equal(asked.length, 2, 'one question per family');
    time.nowMs = 999;
    await resolver.resolve('a.example.com');
    assert.equal(asked.length, 2);
    time.nowMs = 1_000;
    answers['a.example.com 1'] = { rcode: 2 };
    await assert.rejects(resolver.resolve('a.example.com'), Unresolvable);
    answers['a.example.com 1'] = { rcode: 0, address: [8, 8, 4, 4] };
    assert.deepEqual(await resolver.resolve('a.example.com'), ['8.8.4.4']);
  });

  it('keeps a bounded number of answers', async (t) => {
    const address = { rcode: 0, address: [8, 8, 8, 8] };
    const { resolver, asked } = await setUp(t, {
      'a.example.com 1': address,
      'b.example.com 1': address,
      'c.example.com 1': address,
    });
    for (const name of ['a', 'b', 'c']) await resolver.resolve(`${name}.example.com`);
    await resolver.resolve('c.example.com');
    assert.equal(asked.length, 6);
    await resolver.resolve('a.example.com');
    assert.equal(asked.length, 8);
  });

  it('looks up a bounded number of names at the same time', async (t) => {
    const { resolver } = await setUp(
      t,
      {
        'slow.example.com 1': 'silence',
        'slow.example.com 28': 'silence',
        'b.example.com 1': { rcode: 0, address: [8, 8, 8, 8] },
      },
      { inFlightMax: 1, timeoutMs: 200 },
    );
    const slow = resolver.resolve('slow.example.com');
    await assert.rejects(resolver.resolve('b.example.com'), Unresolvable);
    await assert.rejects(slow, Unresolvable);
    assert.deepEqual(await resolver.resolve('b.example.com'), ['8.8.8.8']);
  });
});
