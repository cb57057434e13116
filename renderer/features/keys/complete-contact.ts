/** Puts `mailto:` before what is plainly an e-mail address; everything else stays as typed. */
export function completeContact(text: string): string {
  const trimmed = text.trim();
  return /^[^\s:@/<>]+@[^\s:@/<>]+$/.test(trimmed) ? `mailto:${trimmed}` : text;
}
