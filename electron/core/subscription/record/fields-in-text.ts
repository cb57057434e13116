import type { Field, FieldRoles } from './field-role.ts';

/** A name, a sign that marks it as one, and a value, anywhere in a text of any form. */
export interface FieldInText {
  readonly name: string;
  readonly value: string;
  readonly field: Field;
}

const NAME = String.raw`(?<![\p{L}\p{N}_/])([\p{L}_][\p{L}\p{N}_.\-]{0,39})`;
/** `name: `, `"name" => `, `name | `, `:name "` of Clojure, `('name', ` of Python. */
const SEPARATOR = String.raw`(?:["'\x60\]]{0,2}[ \t]{0,8}(?:=>|:=|[:=|│\t])[ \t]{0,8}|["'][ \t]?,[ \t]{0,2}|(?<=:\2)[ \t]{1,4}(?=["\d]))`;
/** What consoles put around a value: `UUID('…')`, `Some("…")`, `(string) `. */
const AROUND = String.raw`(?:[\w.]{1,20}\(|\([\w.]{1,20}\)[ \t])?`;
const VALUE = String.raw`(?:"((?:[^"\\\n]|\\.){0,300})"|'((?:[^'\\\n]|\\.){0,300})'|\[([^\][\n]{0,300})\]|([^\s"'\x60,;|│(){}[\]<>]{1,200}))`;
const FIELD = new RegExp(`(?<colon>:)?${NAME}${SEPARATOR}${AROUND}${VALUE}`, 'gu');
/** More words of an unquoted value, if they are followed by a separator or the end of the line. */
const MORE = /(?:[ \t]+[^\s"'`,;|│(){}[\]<>=:]{1,40}){1,4}(?=[ \t]*(?:[,;|│)}\]\r\n]|$))/uy;

/** The fields of a text whose names are known, in order. */
export function fieldsInText(text: string, roles: FieldRoles): FieldInText[] {
  const found: FieldInText[] = [];
  FIELD.lastIndex = 0;
  for (let match = FIELD.exec(text); match !== null; match = FIELD.exec(text)) {
    const [whole, , name = '', double, single, list, bare] = match;
    const field = roles.of(name);
    // `web_1 | user=7`: what comes before the bar only says where the line comes from.
    if (field === null && bare !== undefined && /[|│]/.test(whole)) FIELD.lastIndex -= bare.length;
    if (field === null) continue;
    let value = double ?? single ?? (list === undefined ? bare : list) ?? '';
    if (bare !== undefined) {
      MORE.lastIndex = match.index + whole.length;
      value += MORE.exec(text)?.[0] ?? '';
    }
    found.push({ name, value, field });
  }
  return found;
}
