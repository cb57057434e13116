import type { ReactNode } from 'react';
import { visibleOwnText } from '../../electron/core/text/visible-text.ts';

/** A text with its invisible characters made visible; anything but a text is left as it is. */
export function shown(node: ReactNode): ReactNode {
  return typeof node === 'string' ? visibleOwnText(node, true) : node;
}
