import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
// It comes without types.
// @ts-expect-error
import { openPromise } from 'yauzl';

const FILE_TYPE = 0o170000;
const SYMLINK = 0o120000;

/**
 * Extracts a zip file with the file modes that it holds.
 * @param {string} archive
 * @param {string} folder is made if missing
 * @param {(name: string) => string | undefined} placeOf where a file goes inside the folder; undefined leaves it out
 */
export async function unzip(archive, folder, placeOf) {
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const place = entry.fileName.endsWith('/') ? undefined : placeOf(entry.fileName);
    if (place === undefined) continue;
    const mode = entry.externalFileAttributes >>> 16;
    if ((mode & FILE_TYPE) === SYMLINK)
      throw new Error(`${entry.fileName}: links are not expected in this archive`);
    const target = path.join(folder, place);
    mkdirSync(path.dirname(target), { recursive: true });
    const output = createWriteStream(target, { mode: mode & 0o777 || 0o644 });
    await pipeline(await zip.openReadStreamPromise(entry), output);
  }
}
