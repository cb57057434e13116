import { visibleText } from '../../text/visible-text.ts';
import type { FieldRoles } from './field-role.ts';
import { saysLeft } from './still-subscribed.ts';

const PAIR =
  /([\p{L}_][\p{L}\p{N}_.-]{1,39})["'`]?[ \t]{0,8}(?:=>|:=|[:=|│])[ \t]{0,8}(?:[\w.]{1,20}\()?["'`]?([^\s"'`,;|│(){}[\]]{1,40})/gu;

/**
 * What says in a text of any form that the person is no longer subscribed, as it stands there (`is_active = false`); `null`: nothing does.
 * Looks for names with a value behind them, so what is printed without names says nothing.
 */
export function leftInText(text: string, roles: FieldRoles): string | null {
  for (const [, name = '', value = ''] of text.matchAll(PAIR)) {
    const field = roles.of(name);
    if (field?.role === 'subscribed' && field.sense !== undefined && saysLeft(value, field.sense))
      return visibleText(`${name} = ${value}`);
  }
  return null;
}
