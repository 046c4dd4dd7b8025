/**
 * The gateway without its guards, as a program: `pass.ts bare|key CONFIG`. `bare` is listener and upstream alone, `key`
 * has entrance and authentication before them. Prints `{"edge": URL}` when it listens.
 */
import { loadConfig } from '../../packages/gateway/src/config/load.ts';
import { isDenial, type Denial } from '../../packages/gateway/src/domain/denial.ts';
import type { Answer, Received } from '../../packages/gateway/src/domain/received.ts';
import { authenticate } from '../../packages/gateway/src/guards/authenticate.ts';
import { operation } from '../../packages/gateway/src/guards/operation.ts';
import { peer } from '../../packages/gateway/src/guards/peer.ts';
import { createRefuse } from '../../packages/gateway/src/http/problem.ts';
import { Pipeline } from '../../packages/gateway/src/pipeline/pipeline.ts';
import { pictory } from '../../packages/gateway/src/providers/pictory/provider.ts';
import { openCore, type Core } from '../../packages/gateway/src/start/core.ts';
import { certificates, openEdge, urlOf } from '../../packages/gateway/src/start/listeners.ts';

const [kind, configFile] = process.argv.slice(2);
const loaded = loadConfig(configFile!);
const core = await openCore(loaded, (message) => process.stderr.write(`${message}\n`));
const refuse = createRefuse();
const handle = kind === 'key' ? withKey(core) : (received: Received) => pass(core, received);
const edge = await openEdge(
  core,
  async (received) => {
    const answer = await handle(received);
    return isDenial(answer) ? refuse(answer, received.id) : answer;
  },
  (await certificates(core)).edge,
);
process.stdout.write(`${JSON.stringify({ edge: urlOf(edge, ['127.0.0.1']) })}\n`);
process.on('SIGTERM', () => process.exit(0));

function withKey(core: Core): (received: Received) => Promise<Answer | Denial> {
  const way = Pipeline.start<Received>()
    .through(peer([]))
    .through(operation(pictory))
    .through(authenticate(core.verifier, () => {}));
  return async (received) => {
    const { denial } = await way.run(received, []);
    return denial ?? pass(core, received);
  };
}

async function pass({ upstream, loaded }: Core, received: Received): Promise<Answer | Denial> {
  const { body, method, path, headers, gone } = received;
  const bytes = body.bytesDeclared === 0 ? null : await body.read(loaded.config.limits.body);
  if (isDenial(bytes)) return bytes;
  const contentType = headers.get('content-type');
  return upstream.send({
    method,
    path: path.slice(pictory.prefix.length),
    query: '',
    headers: contentType === undefined ? [] : [['content-type', contentType]],
    body: bytes,
    bufferBytesMax: 0,
    repeatable: method === 'GET',
    gone,
  });
}
