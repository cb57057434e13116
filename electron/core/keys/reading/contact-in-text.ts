import { checkSubject } from '../subject.ts';

const MAIL = /mailto:(?:\/\/)?[^\s"'`<>,;)\\}\]|]{3,254}/gi;
const NAMED =
  /(?:subject|contact|admin_?e?mail|vapid[_-]?e?mail|["']sub["'])["'\]]?\s{0,9}(?:=>|[:=,])?\s{0,9}["'(]{0,2}(https:\/\/[^\s"'`<>,;)\\]{3,300}|[^\s"'`<>@,;:=()]{1,64}@[^\s"'`<>@,;:=()\\]{3,253})/gi;

/**
 * The contact that stands beside a key pair, as libraries want it.
 *
 * @returns as it is to be used, or `null` when there is none that push services take
 */
export function contactIn(text: string): string | null {
  const found = [
    ...[...text.matchAll(MAIL)].map(([contact]) => contact),
    ...[...text.matchAll(NAMED)].map(([, contact = '']) =>
      contact.startsWith('https:') ? contact : `mailto:${contact}`,
    ),
  ];
  for (const contact of found.slice(0, 20)) {
    const checked = checkSubject(contact.replace(/[.]+$/, ''));
    if (checked.kind !== 'refused') return checked.subject;
  }
  return null;
}
