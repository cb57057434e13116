import { inLanguage, type LanguageTexts } from '../../electron/contract/message.ts';
import { sizedMessageOf, type MessageFields } from './composition.ts';

export const NO_TEXTS: LanguageTexts = { title: '', body: '', url: '', actions: [] };

/** The fields as those of one language get them: the default's where its own are empty. */
export function fieldsIn(fields: MessageFields, language: string): MessageFields {
  const { title, body, url, lang, actions } = inLanguage(
    { ...sizedMessageOf(fields), actions: [...fields.actions], texts: fields.texts },
    language,
  );
  return { ...fields, title, body, url, lang, actions };
}

/** The fields with only what one language has of its own: empty where the default's text is used instead. */
export function ownFieldsIn(fields: MessageFields, language: string): MessageFields {
  if (language === '') return fields;
  const { title, body, url } = fields.texts[language] ?? NO_TEXTS;
  return { ...fields, title, body, url };
}

/** A change of fields that is made in one language; what all languages share changes for all of them. */
export function changeIn(
  fields: MessageFields,
  language: string,
  change: Partial<MessageFields>,
): Partial<MessageFields> {
  if (language === '') return change;
  const own = fields.texts[language] ?? NO_TEXTS;
  const { title = own.title, body = own.body, url = own.url, ...shared } = change;
  return { ...shared, texts: { ...fields.texts, [language]: { ...own, title, body, url } } };
}

/** Why a language cannot be added; `null`: it can. Case is ignored. */
export function faultOfLanguage(typed: string, there: readonly string[]): string | null {
  const tag = canonicalLanguage(typed);
  if (tag === null) return 'Use a language tag, such as en, de-CH or zh-Hant.';
  if (there.some((one) => one.toLowerCase() === tag.toLowerCase())) return 'The message has this language.';
  return there.length >= 50 ? 'Use at most 50 languages.' : null;
}

/** A language tag (BCP 47) as it is usually spelled; `null`: it is not a language tag. */
export function canonicalLanguage(typed: string): string | null {
  const tag = typed.trim();
  if (tag === '' || tag.length > 35) return null;
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}
