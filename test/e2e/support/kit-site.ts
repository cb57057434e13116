import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What a site answers: a text, or a text with headers and a status of its own. */
export type SiteFile = string | { body: string; type?: string; status?: number; headers?: object };

/** A file that is made when it is asked for. */
export type SiteAnswer = (address: URL) => SiteFile;

/** Somebody's own site, on another origin than the engine's: pages that a test writes, and the kit's files where it put them. */
export interface KitSite {
  /** `http://site.localhost:<port>/`. */
  readonly url: string;
  /** By path, such as `/index.html`. What is asked for is looked up at each request. */
  readonly files: Map<string, SiteFile | SiteAnswer>;
  /** Paths that were asked for, oldest first. */
  readonly asked: string[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.css': 'text/css',
};

/** Where the kit's files are, as the zip has them. */
export const KIT_FILES = [
  'pushdesk.js',
  'pushdesk.mjs',
  'pushdesk-take-over.mjs',
  'pushdesk-worker.js',
] as const;

/** @param kitDir the built kit, which is served at `/pushdesk/` */
export async function serveKitSite(kitDir: string, name = 'site'): Promise<KitSite> {
  const files = new Map<string, SiteFile | SiteAnswer>([['/favicon.ico', '']]);
  for (const file of KIT_FILES)
    files.set(`/pushdesk/${file}`, await readFile(path.join(kitDir, file), 'utf8'));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://site.localhost');
    const { pathname } = address;
    asked.push(pathname);
    const listed = files.get(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    const found = typeof listed === 'function' ? listed(address) : listed;
    const file = typeof found === 'string' ? { body: found } : found;
    response.writeHead(file?.status ?? (file ? 200 : 404), {
      'content-type': file?.type ?? TYPES[path.extname(pathname)] ?? TYPES['.html'],
      ...file?.headers,
    });
    response.end(file?.body ?? 'Not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${name}.localhost:${port}/`,
    files,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

export const html = (body: string, head = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A site</title>${head}</head><body>${body}</body></html>`;
