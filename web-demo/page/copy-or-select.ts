export type Copied = 'copied' | 'selected';

/**
 * Copies the text of a field. Where the browser does not let a page copy, the text is selected, so that a person can.
 */
export async function copyOrSelect(
  field: HTMLTextAreaElement,
  clipboard: Clipboard | undefined,
): Promise<Copied> {
  try {
    if (clipboard !== undefined) {
      await clipboard.writeText(field.value);
      return 'copied';
    }
  } catch {
    // Refused: the selection below is the fallback.
  }
  field.focus();
  field.select();
  return 'selected';
}
