/** The values of a form, by their names. */
interface Fields {
  [name: string]: string | string[] | Fields;
}

/** Deeper names are left as they are. */
const MAX_DEPTH = 8;
const NAME = /^[^[\]]{1,60}(?:\[[^[\]]{0,60}\])+$/;

/**
 * The fields of a form as browsers and HTTP libraries send them: `keys[auth]` is within `keys`, as PHP, Rails and Express read it, and a
 * name that comes several times has a list of values.
 */
export function formFields(query: string): Fields {
  const all = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    const known = all.get(name);
    if (known === undefined) all.set(name, [value]);
    else known.push(value);
  }
  const fields = fresh();
  for (const [name, values] of all) {
    const path = pathOf(name);
    const last = path.pop() ?? name;
    const inner = path.reduce<Fields | null>(
      (into, part) => (into === null ? null : within(into, part)),
      fields,
    );
    const [only] = values;
    if (inner === null || last in inner) fields[name] = values;
    else inner[last] = only !== undefined && values.length === 1 && !name.endsWith('[]') ? only : values;
  }
  return fields;
}

/** `subs[0][keys][auth]` as its parts; an empty bracket only says that there may be several. */
function pathOf(name: string): string[] {
  if (!NAME.test(name)) return [name];
  const parts = name.split(/[[\]]+/).filter((part) => part !== '');
  return parts.length > MAX_DEPTH ? [name] : parts;
}

/** The fields within others; `null`: there is a value of that name. */
function within(fields: Fields, name: string): Fields | null {
  const known = fields[name];
  if (known === undefined) return (fields[name] = fresh());
  return typeof known === 'string' || Array.isArray(known) ? null : known;
}

const fresh = (): Fields => Object.create(null) as Fields;
