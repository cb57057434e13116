import { DraftsList } from './drafts/DraftsList.tsx';

/** Messages that are being written. */
export function DraftsTab() {
  return <DraftsList />;
}
