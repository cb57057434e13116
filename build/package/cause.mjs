import { lastWords } from '../setup/run.mjs';

const UNREACHABLE =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b(?: (\S+))?/;

/**
 * Why electron-builder failed, taken from all that it printed: one line, no stack trace.
 * @param {string} output
 * @returns {string} completes a sentence; without a full stop
 */
export function causeIn(output) {
  const [found, host = ''] = UNREACHABLE.exec(output) ?? [];
  if (found !== undefined) {
    const place = /^[a-z\d.-]+\.[a-z\d]+/i.exec(host)?.[0] ?? 'the network';
    return `${place}, from which electron-builder fetches a tool for it, cannot be reached`;
  }
  const missing = /spawn (\S+) ENOENT|Need executable '([^']+)'/.exec(output);
  if (missing) return `the program ${missing[1] ?? missing[2]} is missing`;
  if (/\bENOSPC\b/.test(output)) return 'the disk is full';
  const line = /\berror=(.+)$/m.exec(output)?.[1] ?? /^\s*(?:\w*Error): (.+)$/m.exec(output)?.[1];
  return (line ?? lastWords(output)).trim().replace(/\.$/, '').slice(0, 300);
}
