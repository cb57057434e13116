import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '../../contract/problem.ts';

export interface PageFile {
  body: Buffer;
  /** Value of `Content-Type`. */
  type: string;
  /** Strong validator of the bytes, with its quotes (RFC 9110 §8.8.3). */
  etag: string;
}

/** The built subscribe page by URL path, for example `/sw.js`; `/` is the page itself. */
export type PageFiles = ReadonlyMap<string, PageFile>;

export type ReadPage = { kind: 'read'; files: PageFiles } | { kind: 'missing'; problem: Problem };

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.webmanifest', 'application/manifest+json'],
]);

const PAGE = 'index.html';
const NEEDED = [PAGE, 'sw.js'];

/** Everything below it is what people put on their own sites. */
const KIT = 'kit';
/** TypeScript files, which have no media type of their own. */
const DECLARATIONS = 'text/plain; charset=utf-8';

/**
 * Reads page and kit whole into memory (they are under 100 kB). Requests are then answered from a map of names, so no path that a client
 * writes ever reaches the file system.
 *
 * @param dir folder with the built page, flat except for `kit/`: only the file types that they consist of are read
 */
export async function readPageFiles(dir: string): Promise<ReadPage> {
  const names = await readdir(dir).catch(() => [] as string[]);
  const absent = NEEDED.filter((name) => !names.includes(name));
  if (absent.length > 0) return { kind: 'missing', problem: pageMissing(dir, absent) };

  const files = new Map<string, PageFile>();
  const add = async (name: string, type: string | undefined) => {
    if (type === undefined) return;
    const body = await readFile(path.join(dir, name));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    files.set(name === PAGE ? '/' : `/${name}`, { body, type, etag });
  };
  for (const name of names) await add(name, TYPES.get(path.extname(name)));
  for (const name of await readdir(path.join(dir, KIT)).catch(() => [] as string[])) {
    await add(`${KIT}/${name}`, /\.d\.m?ts$/.test(name) ? DECLARATIONS : TYPES.get(path.extname(name)));
  }
  return { kind: 'read', files };
}

function pageMissing(dir: string, absent: string[]): Problem {
  return {
    code: 'page-missing',
    cause: `The subscribe page is not complete: ${absent.join(' and ')} cannot be read in ${dir}.`,
    cure: 'Reinstall Pushdesk. If you run it from source, run npm run build.',
  };
}
