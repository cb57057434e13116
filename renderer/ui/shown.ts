import type { ReactNode } from 'react';
import { visibleOwnText } from '../../electron/core/text/visible-text.ts';

/** Words with what cannot be seen made visible, where they are a text; anything else as it is. */
export function shown(node: ReactNode): ReactNode {
  return typeof node === 'string' ? visibleOwnText(node, true) : node;
}
