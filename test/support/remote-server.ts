import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { AccessTokenId } from '../../electron/contract/ids.ts';
import { createEngine } from '../../electron/engine/engine.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { capturedLog } from '../../electron/engine/testing/captured-log.ts';
import { engineOptions, WORKER_FILES } from '../../electron/engine/testing/engine-options.ts';
import { fakeHost } from '../../electron/engine/testing/fake-host.ts';
import { startHeadless, type Headless } from './headless.ts';
import { freePort, startNginx, type Nginx } from './nginx.ts';
import { ROOT } from './surroundings.ts';

/** A server as people run it: a headless engine behind a real nginx with TLS, with subscribers at a local push service. */
export interface RemoteServer {
  /** Its public address, without a slash at its end. */
  address: string;
  nginx: Nginx;
  service: PushService;
  headless: Headless;
  /** Past nginx. */
  innerPort: number;
  tokens: { owner: Token; spare: Token; reader: Token };
  close: () => Promise<void>;
}
interface Token {
  id: AccessTokenId;
  secret: string;
}

/**
 * @param folder where its data and certificates lie; the caller removes it
 * @param options `name`: of its public address; only a proxy finds a name other than `localhost`
 */
export async function startRemoteServer(
  folder: string,
  { recipients, name = 'localhost' }: { recipients: number; name?: string },
): Promise<RemoteServer> {
  const service = await createPushService();
  const serviceFile = path.join(folder, 'push-service.pem');
  await service.writeCertificate(serviceFile);
  const innerPort = await freePort();
  const nginx = await startNginx(
    `location / {
    proxy_pass http://127.0.0.1:${innerPort};
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection "upgrade";
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_read_timeout 300s;
  }`,
    name,
  );
  const address = `https://${name}:${nginx.port}`;
  const options = engineOptions({});
  const tokens = await furnish(options, service, recipients);
  const headless = await startHeadless({
    dataDir: options.dataDir,
    command: [process.execPath, path.join(ROOT, 'out', 'engine', 'headless.mjs')],
    env: {
      NODE_EXTRA_CA_CERTS: serviceFile,
      PUSHDESK_PORT: String(innerPort),
      PUSHDESK_PUBLIC_URL: address,
      PUSHDESK_REMOTE_WORKSPACE: '1',
    },
  });
  return {
    address,
    nginx,
    service,
    headless,
    innerPort,
    tokens,
    async close() {
      await headless.end();
      await service.close();
    },
  };
}

/** A key pair, subscribers and tokens, made in the desktop app: only a window shows a token. */
async function furnish(options: ReturnType<typeof engineOptions>, service: PushService, recipients: number) {
  const host = fakeHost({ available: false });
  const engine = await createEngine(options, { host, log: capturedLog().log, workerFiles: WORKER_FILES });
  await engine.start();
  const client = createRouterClient(engine.router);
  const { publicKey } = await client.keys.generate({ name: 'Shop', subject: 'mailto:owner@example.com' });
  await client.app.changeSettings({ allowPrivateEndpoints: true });
  const fleet = service.registerFleet({ count: recipients, applicationServerKey: publicKey });
  const text = [...fleet.subscriptions()].map((row) => JSON.stringify(row)).join('\n');
  await client.subscriptions.import({ text, publicKey });
  const make = async (name: string, scope: 'owner' | 'read'): Promise<Token> => {
    const { id } = await client.tokens.create({ name, scopes: [scope], expiresInDays: null });
    return { id, secret: host.secrets.at(-1) ?? '' };
  };
  const tokens = {
    owner: await make('Desktop', 'owner'),
    spare: await make('Spare', 'owner'),
    reader: await make('Reader', 'read'),
  };
  await engine.stop();
  return tokens;
}

/** Writes what its certificate is signed by to a file. */
export function trust(file: string, { authority }: Nginx): void {
  writeFileSync(file, authority);
}
