/**
 * Puts text on the clipboard.
 *
 * @returns whether it worked: the window may be refused it while it is not in front
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
