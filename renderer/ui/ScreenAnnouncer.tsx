import { VisuallyHidden } from '@mantine/core';
import { useCurrentScreenName } from './screen-name.ts';

/** Reads out the name of a screen when it appears. */
export function ScreenAnnouncer() {
  return (
    <VisuallyHidden role="status" aria-live="polite" aria-label="Current screen">
      {useCurrentScreenName()}
    </VisuallyHidden>
  );
}
