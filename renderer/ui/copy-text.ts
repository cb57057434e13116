import { visibleText } from '../../electron/core/text/visible-text.ts';

/**
 * Puts text on the clipboard, as it can be pasted anywhere: what a terminal would obey or what reverses text is written out (`\u001B`).
 *
 * @param lines keeps line breaks; a text on one line that holds one would be run as a command by the terminal that it is pasted into
 * @returns whether it worked: the window may be refused it while it is not in front
 */
export async function copyText(text: string, lines = false): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(visibleText(text, lines));
    return true;
  } catch {
    return false;
  }
}
