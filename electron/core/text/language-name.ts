const names = new Intl.DisplayNames('en', {
  type: 'language',
  fallback: 'none',
  languageDisplay: 'standard',
});

/** `English (United Kingdom)` for `en-GB`; an unknown language stays as it is. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    // Anything may have been imported as a language.
    return tag;
  }
}
