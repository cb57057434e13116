import { visibleOwnText } from '../../electron/core/text/visible-text.ts';

const MAX_LENGTH = 80;

/** What a draft is called: the beginning of what was written first. */
export function draftName({ title, body }: { title: string; body: string }): string {
  const text = [title, body].find((one) => one.trim() !== '')?.trim();
  if (text === undefined) return 'Untitled';
  const [first = ''] = text.split('\n', 1);
  return visibleOwnText(first.length > MAX_LENGTH ? `${beginningOf(first)}…` : first);
}

/** Cut between two characters: half of one would appear as a code. */
const beginningOf = (text: string) =>
  text
    .slice(0, MAX_LENGTH - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
