import { checkSubject, tidyContact } from '../../../electron/core/keys/subject.ts';

/** Puts `mailto:` before what is plainly an email address, and writes a contact as it will be used; what is wrong stays as typed. */
export function completeContact(text: string): string {
  const tidy = tidyContact(text);
  const whole = /^[^\s:@/<>]+@[^\s:@/<>]+$/.test(tidy) ? `mailto:${tidy}` : tidy;
  const checked = checkSubject(whole);
  if (checked.kind !== 'refused') return checked.subject;
  return whole === tidy ? text : whole;
}
