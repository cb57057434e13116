import { visibleOwnText } from '../../electron/core/text/visible-text.ts';
import { notifications } from '@mantine/notifications';

/** A short message at the lower right that disappears by itself. */
export function toast(message: string): void {
  notifications.show({ message: visibleOwnText(message), autoClose: 5_000, withBorder: true });
}
