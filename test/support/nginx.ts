import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createLoopbackCertificate } from '../../electron/engine/local-push-service/certificate.ts';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';

export interface Nginx {
  port: number;
  /** What its certificate is signed by, as PEM, and as a file. */
  authority: string;
  authorityFile: string;
  /** Cuts every line that leads through it, and takes no new one. */
  stop: () => Promise<void>;
  /** Takes them again, at the same port. */
  start: () => Promise<void>;
}

/**
 * A real nginx with TLS and HTTP/2, ended after the test.
 * @param locations what is in its `server` block
 * @param name by which it is asked for
 */
export async function startNginx(locations: string, name = 'localhost'): Promise<Nginx> {
  const folder = tempFolder();
  const file = (fileName: string, text: string) => {
    const place = path.join(folder, fileName);
    writeFileSync(place, text, { mode: 0o600 });
    return place;
  };
  const { certificatePem, serverCertificatePem, privateKeyPem } = await createLoopbackCertificate(
    undefined,
    name === 'localhost' ? [] : [name],
  );
  const port = await freePort();
  const cert = file('cert.pem', serverCertificatePem);
  const key = file('key.pem', privateKeyPem);
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  const conf = file(
    'nginx.conf',
    `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 256; }
http {
  access_log off;
  ${temp}
  server {
    listen 127.0.0.1:${port} ssl http2;
    server_name ${name};
    ssl_certificate ${cert};
    ssl_certificate_key ${key};
    ${locations}
  }
}
`,
  );
  let stop: () => Promise<void> = () => Promise.resolve();
  const start = async () => {
    const child = spawn('nginx', ['-e', 'stderr', '-c', conf, '-p', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // Debian puts it in a folder that only root's PATH has.
      env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
    });
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const exited = once(child, 'exit');
    stop = async () => {
      child.kill('SIGTERM');
      await exited;
    };
    while (!(await isListening(port))) {
      if (child.exitCode !== null) throw new Error(`nginx ended: ${log}`);
    }
  };
  onTestFinished(() => stop());
  await start();
  return {
    port,
    authority: certificatePem,
    authorityFile: file('authority.pem', certificatePem),
    stop: () => stop(),
    start,
  };
}

/** One that nobody is using just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      setTimeout(() => {
        resolve(false);
      }, 20);
    });
  });
}
