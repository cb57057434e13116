import { visibleText } from '../../text/visible-text.ts';
import type { FieldRoles } from './field-role.ts';
import { fieldsInText } from './fields-in-text.ts';
import { looksLikeId } from './person-of.ts';
import { saysLeft } from './still-subscribed.ts';

const MAX_VALUE = 40;

/**
 * What in a text of any form says that the person is no longer subscribed, as written there (`is_active = false`); `null`: nothing. Looks
 * for names followed by a value, so values printed without names say nothing.
 */
export function leftInText(text: string, roles: FieldRoles): string | null {
  for (const { name, value, field } of fieldsInText(text, roles)) {
    if (field.role === 'subscribed' && field.sense !== undefined && saysLeft(value, field.sense))
      return visibleText(`${name} = ${value.slice(0, MAX_VALUE)}`);
  }
  return null;
}

/** What a text of any form says about the person, by the names in it; the first occurrence of a name counts. */
export function personInText(text: string, roles: FieldRoles): Record<string, string> {
  const said = Object.create(null) as Record<string, string>;
  for (const { name, value, field } of fieldsInText(text, roles)) {
    if (PERSON.has(field.role) && !(name in said)) said[name] = value;
  }
  return said;
}

/** Whom a log line is about, by an id or an address; such a line also names loggers, tags and more. */
export function whoInText(line: string, roles: FieldRoles): Record<string, string> {
  const said = Object.create(null) as Record<string, string>;
  for (const { name, value, field } of fieldsInText(line, roles)) {
    if (name in said) continue;
    if (field.role === 'email' || (field.role === 'externalId' && field.sure > 1)) said[name] = value;
    else if (field.role === 'externalId') {
      // `user=postgres` says who runs the program, and so does `uid=33` beside a `pid`; `user=7` says whom the line is about.
      const [id = ''] = value.split(/\s/);
      if (looksLikeId(id) && !(/^uid$/i.test(name) && /\b[pg]id\b/i.test(line))) said[name] = id;
    }
  }
  return said;
}

const PERSON = new Set([
  'subscribed',
  'label',
  'firstName',
  'lastName',
  'email',
  'externalId',
  'tags',
  'attribute',
  'addedAt',
]);
