import type { ImportPreview } from '../../../../electron/contract/subscription-import.ts';
import type { Problem } from '../../../../electron/contract/problem.ts';
import type { Reading } from './use-import.ts';

/** Why a press of Import has nothing to store; `null`: there is something, or it is still being read. */
export function whyNothing(reading: Reading, isFile: boolean): Problem | null {
  switch (reading.kind) {
    case 'none':
      if (isFile) {
        return {
          code: 'empty-file',
          cause: 'The file is empty.',
          cure: 'Choose another file.',
        };
      }
      return {
        code: 'nothing-to-import',
        cause: 'There is nothing to import yet.',
        cure: 'Paste subscriptions here, or choose a file.',
      };
    case 'refused':
      return reading.problem;
    case 'read':
      if (isAllUnsubscribed(reading.preview)) {
        return {
          code: 'nothing-to-import',
          cause: 'Everyone here is marked as unsubscribed.',
          cure: 'If they still want messages, turn on “Import anyway”.',
        };
      }
      return reading.preview.newCount + reading.preview.knownCount > 0
        ? null
        : {
            code: 'nothing-to-import',
            cause: 'None of this can be imported.',
            cure: 'The reason is listed for each line.',
          };
    case 'reading':
      return null;
  }
}

function isAllUnsubscribed({ newCount, knownCount, badCount, unsubscribed }: ImportPreview): boolean {
  return unsubscribed !== null && newCount + knownCount + badCount === 0;
}
