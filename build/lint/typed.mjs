import path from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { breachesOf } from './ask-tsgolint.mjs';
import { lintedFiles } from './files.mjs';

/** Reports breaches of the rules that need types; with any, the exit code is 1. */
const files = lintedFiles('**/*.{ts,tsx}');
const breaches = breachesOf(files);
for (const { file, line, rule, text } of breaches)
  console.log(`${path.relative(ROOT, file)}:${line}: ${text} (${rule})`);
console.log(`${breaches.length} breaches in ${files.length} files.`);
process.exitCode = breaches.length === 0 && files.length > 0 ? 0 : 1;
