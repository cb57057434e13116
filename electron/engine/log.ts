import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/**
 * JSON lines. Private keys and tokens never belong in a log: fields of these names are cut out wherever they stand.
 */
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
    },
    destination,
  );
}
