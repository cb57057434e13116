import type { FieldRoles } from './record/field-role.ts';
import { IS_PART } from './record/strayed.ts';
import { ID_OF_SUBSCRIPTION, OF_A_GROUP } from './table-joins.ts';

/** A row of a table as `manage.py dumpdata` writes it (Django: serialization formats). */
export interface DjangoRow {
  readonly table: string;
  /** What other rows of its app name it by; `null`: a natural key does. */
  readonly id: string | null;
  /** Its columns as the database names them: what refers to a row of another table has `_id` at its end. */
  readonly row: Readonly<Record<string, unknown>>;
  /** Whether it may be a subscription that lost its parts. */
  readonly isOfSubscription: boolean;
}

const MODEL = /^([a-z_]\w{0,99})\.([a-z_]\w{0,99})$/i;
/** `webpush.subscriptioninfo` and `push_notifications.webpushdevice`, but not `webpush.pushinformation`. */
const OF_SUBSCRIPTIONS = /subscri|device|endpoint|regist/i;
const MEMBERS = new Set(['model', 'pk', 'fields']);

/** @returns `null`: the value is something else */
export function djangoRowOf(value: unknown, roles: FieldRoles): DjangoRow | null {
  if (!isObject(value) || !Object.keys(value).every((name) => MEMBERS.has(name))) return null;
  const { model, pk = null, fields } = value;
  const [, app, name] = (typeof model === 'string' && MODEL.exec(model)) || [];
  if (app === undefined || name === undefined || !isObject(fields)) return null;
  const id = typeof pk === 'string' || typeof pk === 'number' ? pk : null;
  const columns = Object.entries(fields).map(([field, one]) => columnOf(field, one, app, roles));
  return {
    table: `${app}_${name}`.toLowerCase(),
    id: id === null ? null : `${app}:${id}`,
    row: Object.fromEntries([['id', id], ...columns]),
    isOfSubscription:
      OF_SUBSCRIPTIONS.test(name) ||
      Object.keys(fields).some((field) => IS_PART.has(roles.of(field)?.role ?? 'former')),
  };
}

/** A reference is the id of the other row, or its natural key in a list. */
function columnOf(field: string, value: unknown, app: string, roles: FieldRoles): [string, unknown] {
  const natural: unknown = Array.isArray(value) && value.length === 1 ? value[0] : null;
  const id = typeof value === 'number' ? value : typeof natural === 'string' ? natural : null;
  if (id === null || /id$/i.test(field)) return [field, value];
  // `auth.group` has the permissions of people, and is another table.
  if (OF_A_GROUP.test(field)) return natural === null ? [`${app}_${field}_id`, id] : [field, id];
  // Those of another app may be subscriptions that are paid for.
  if (ID_OF_SUBSCRIPTION.test(field)) return [`${field}_id`, `${app}:${id}`];
  return roles.of(field)?.role === 'externalId' ? [`${field}_id`, id] : [field, value];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
