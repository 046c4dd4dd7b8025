import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reflect } from '../../packages/waf/crs/reflectingBackend.ts';

/** The back end of the CRS project's tests as a service of its own. */
export async function openReflector(): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, headers, body } = reflect({
        method: request.method!,
        uri: request.url!,
        protocol: 'HTTP/1.1',
        headers: [],
        body: Buffer.concat(chunks).toString('latin1'),
      });
      response.writeHead(status, headers.flat());
      response.end(Buffer.from(body, 'latin1'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
