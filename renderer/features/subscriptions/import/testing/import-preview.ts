import type { ImportPreview } from '../../../../../electron/contract/subscription-import.ts';

/** What an import would do: nothing, except for the change. */
export const importPreview = (change: Partial<ImportPreview> = {}): ImportPreview => ({
  newCount: 0,
  knownCount: 0,
  repeatedCount: 0,
  badCount: 0,
  bad: [],
  remarks: [],
  sample: [],
  otherCount: 0,
  unsubscribed: null,
  reasons: [],
  columns: null,
  ...change,
});
