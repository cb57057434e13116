import { visibleText } from '../../text/visible-text.ts';
import type { FieldRoles } from './field-role.ts';
import { fieldsInText } from './fields-in-text.ts';
import { looksLikeId } from './person-of.ts';
import { saysLeft } from './still-subscribed.ts';

const MAX_VALUE = 40;

/**
 * What says in a text of any form that the person is no longer subscribed, as it stands there (`is_active = false`); `null`: nothing does.
 * Looks for names with a value behind them, so what is printed without names says nothing.
 */
export function leftInText(text: string, roles: FieldRoles): string | null {
  for (const { name, value, field } of fieldsInText(text, roles)) {
    if (field.role === 'subscribed' && field.sense !== undefined && saysLeft(value, field.sense))
      return visibleText(`${name} = ${value.slice(0, MAX_VALUE)}`);
  }
  return null;
}

/** What a text of any form says of the person, by the names that stand there; the first of a name is heard. */
export function personInText(text: string, roles: FieldRoles): Record<string, string> {
  const said = Object.create(null) as Record<string, string>;
  for (const { name, value, field } of fieldsInText(text, roles)) {
    if (PERSON.has(field.role) && !(name in said)) said[name] = value;
  }
  return said;
}

/** Who is meant in a line of a log, which names loggers, tags and more besides: an id or an address. */
export function whoInText(line: string, roles: FieldRoles): Record<string, string> {
  const said = Object.create(null) as Record<string, string>;
  for (const { name, value, field } of fieldsInText(line, roles)) {
    if (name in said) continue;
    if (field.role === 'email' || (field.role === 'externalId' && field.sure > 1)) said[name] = value;
    else if (field.role === 'externalId') {
      // `user=postgres` is who runs the program, `uid=33` beside a `pid` as well; `user=7` is whom it is about.
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
