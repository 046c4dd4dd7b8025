import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './place.ts';
import { otherCore, startOn, testedCore } from './processes.ts';
import { freePort, untilListening, type Running } from './running.ts';

/** The version of a program of the system's packages, or null where it is missing. */
export function versionOf(program: string): string | null {
  try {
    return execFileSync('sh', ['-c', `${program} -v 2>&1 || true`], { encoding: 'utf8' })
      .split('\n')
      .find((line) => /\d+\.\d+/.test(line) && !line.includes('not found'))!
      .replace(/ Copyright.*| \[.*/, '')
      .replace('nginx version: ', '');
  } catch {
    return null;
  }
}

/** What stands behind every subject: fixed replies over TLS, with keep-alive. A new job has a new id. */
export const startUpstream = (place: Place): Promise<Running> =>
  startNginx(
    place,
    'upstream',
    otherCore,
    (port) => `
    server {
      listen 127.0.0.1:${port} ssl;
      default_type application/json;
      location = /pictoryapis/v1/brands/video { return 200 '${reply200Bytes}'; }
      location /pictoryapis/v1/templates/ { return 200 '{"success":true}'; }
      location = /pictoryapis/v2/video/storyboard {
        return 200 '{"success":true,"data":{"jobId":"$request_id"}}';
      }
    }`,
  );

/** What another proxy has beside the plain one. */
export interface Extras {
  readonly name: string;
  /** Directives of the main context, such as load_module. */
  readonly main: string;
  /** Directives of the server. */
  readonly server: string;
}

/** nginx as a proxy, set up as one would: TLS on both sides, verified, with many kept connections to the upstream. */
export const startProxy = (
  place: Place,
  upstreamPort: number,
  extras: Extras = { name: 'proxy', main: '', server: '' },
): Promise<Running> =>
  startNginx(
    place,
    extras.name,
    testedCore,
    (port) => `
    upstream provider { server 127.0.0.1:${upstreamPort}; keepalive 64; keepalive_requests 100000; }
    server {
      listen 127.0.0.1:${port} ssl;
      ${extras.server}
      location / {
        proxy_pass https://provider;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Authorization "${place.upstreamKey}";
        proxy_ssl_protocols TLSv1.2 TLSv1.3;
        proxy_ssl_verify on;
        proxy_ssl_name 127.0.0.1;
        proxy_ssl_trusted_certificate ${place.caFile};
      }
    }`,
    extras.main,
  );

const reply200Bytes = JSON.stringify([
  { id: '7f0c2f1e-5b0a-4a4b-9c39-0b6f3f6f2a10', name: 'Spring campaign', isDefault: true },
  { id: 'b1d7a3c8-2f64-4a8e-8f0e-5a9e1c7d4e22', name: 'Product tours', isDefault: false },
]);

async function startNginx(
  place: Place,
  name: string,
  core: number,
  servers: (port: number) => string,
  main = '',
): Promise<Running> {
  const port = await freePort();
  const file = join(place.folder, `${name}.conf`);
  mkdirSync(join(place.folder, name), { recursive: true });
  writeFileSync(file, main + configuration(place, name, servers(port)));
  const child = startOn(core, 'nginx', ['-c', file, '-p', place.folder, '-e', 'stderr']);
  await untilListening(port, child);
  return { child, port, pid: child.pid! };
}

const configuration = ({ folder, certificate }: Place, name: string, servers: string): string => `
daemon off;
worker_processes 1;
worker_rlimit_nofile 20000;
pid ${join(folder, `${name}.pid`)};
error_log stderr crit;
events { worker_connections 19000; }
http {
  access_log off;
  keepalive_timeout 120s;
  keepalive_requests 10000;
  client_max_body_size 10m;
  client_body_buffer_size 128k;
  client_body_temp_path ${join(folder, name, 'body')};
  proxy_temp_path ${join(folder, name, 'proxy')};
  fastcgi_temp_path ${join(folder, name, 'fastcgi')};
  uwsgi_temp_path ${join(folder, name, 'uwsgi')};
  scgi_temp_path ${join(folder, name, 'scgi')};
  ssl_certificate ${certificate.cert};
  ssl_certificate_key ${certificate.key};
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache shared:tls:10m;
  ${servers}
}
`;
