import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** Programs that the set-up fetched for this checkout only. Safe to delete: the next set-up brings them back. */
export const TOOLS = path.join(ROOT, '.tools');
export const MODULES = path.join(ROOT, 'node_modules');
export const OUT = path.join(ROOT, 'out');
