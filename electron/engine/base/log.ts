import { visibleText } from '../../core/text/visible-text.ts';
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** In characters. */
const MAX_FIELD = 2000;

/** JSON lines. Private keys and tokens never belong in a log: fields with these names are cut out wherever they occur. */
export function createLog(destination: DestinationStream, level = 'info'): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          'privateKey',
          '*.privateKey',
          'authorization',
          '*.authorization',
          '*.headers.authorization',
          'token',
          '*.token',
          'auth',
          '*.auth',
        ],
        censor: '[left out]',
      },
      formatters: { log: shortened },
    },
    {
      // JSON leaves direction marks as they are, and logs are read in terminals.
      write: (line: string) => {
        destination.write(`${visibleText(line.trimEnd())}\n`);
      },
    },
  );
}

/** What comes from outside may be long: an error can hold a certificate with thousands of names. */
function shortened(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' && value.length > MAX_FIELD ? `${value.slice(0, MAX_FIELD)}…` : value,
    ]),
  );
}
