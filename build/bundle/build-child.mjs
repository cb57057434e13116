import { ended } from '../setup/script.mjs';
import { buildHere } from './build-all.mjs';

/** Builds the named parts and ends, see `buildAll`. */
await ended(() => buildHere(process.argv.slice(2)));
