/**
 * Resources: objects that keep their values in `attributes`, apart from what they are (`id`, `type`) and what they belong to. JSON:API
 * names those other objects by type and id and puts them into a separate list; Strapi puts them where they are named, inside `data`.
 */
interface Resource {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly attributes: Row;
  readonly relationships?: unknown;
}

interface Row {
  [name: string]: unknown;
  id?: unknown;
  type?: unknown;
  attributes?: unknown;
  relationships?: unknown;
  data?: unknown;
  included?: unknown;
}

type Known = ReadonlyMap<string, Resource>;

/** A user has devices, which have topics: nothing deeper belongs to a single subscription. */
const MAX_DEPTH = 3;
/** How many of the objects that one belongs to are looked at, since people share groups with thousands of members. */
const MAX_SHARED = 100;
const OF_A_RESOURCE = /^(?:id|type|documentId|attributes|relationships|links|meta)$/;
const OF_AN_ENVELOPE = /^(?:data|links|meta)$/;

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isResource(value: unknown): value is Resource {
  return (
    isRow(value) &&
    isRow(value.attributes) &&
    (value.id !== undefined || value.type !== undefined) &&
    Object.keys(value).every((name) => OF_A_RESOURCE.test(name))
  );
}

/**
 * What a resource or a document of resources says, as plain nested objects.
 *
 * @returns `null`: it is neither
 */
export function plainResources(value: object): unknown {
  if (isResource(value)) return plain(value, new Map(), [], new Set());
  if (!isRow(value)) return null;
  const { data, included } = value;
  const primary = Array.isArray(data) ? (data as unknown[]) : [data];
  if (!primary.some(isResource)) return null;
  const others = Array.isArray(included) ? (included as unknown[]).filter(isResource) : [];
  const known = new Map(
    [...primary.filter(isResource), ...others].flatMap((one) => {
      const name = nameOf(one);
      return name === null ? [] : [[name, one]];
    }),
  );
  const used = new Set<Resource>();
  const rows = primary.map((one) => (isResource(one) ? plain(one, known, [], used) : one));
  return [...rows, ...others.filter((one) => !used.has(one)).map((one) => plain(one, known, [], used))];
}

const nameOf = ({ type, id }: Row | Resource): string | null =>
  typeof type === 'string' && (typeof id === 'string' || typeof id === 'number') ? `${type} ${id}` : null;

/** @param above types of the resources around it: what a person has leads back to that person */
function plain(resource: Resource, known: Known, above: readonly unknown[], used: Set<Resource>): Row {
  used.add(resource);
  const inside = [...above, resource.type];
  const row: Row = resource.id === undefined ? {} : { id: resource.id };
  const relationships = isRow(resource.relationships) ? resource.relationships : {};
  for (const [name, value] of [...Object.entries(resource.attributes), ...Object.entries(relationships)]) {
    const one = valueOf(value, known, inside, used);
    if (one !== undefined) row[name] = one;
  }
  return row;
}

function valueOf(value: unknown, known: Known, above: readonly unknown[], used: Set<Resource>): unknown {
  if (!isRow(value) || !('data' in value) || !Object.keys(value).every((name) => OF_AN_ENVELOPE.test(name)))
    return value;
  const { data } = value;
  if (!Array.isArray(data)) return one(data, known, above, used);
  const list = above.length > 1 ? data.slice(0, MAX_SHARED) : data;
  return list.map((each: unknown) => one(each, known, above, used)).filter((each) => each !== undefined);
}

function one(value: unknown, known: Known, above: readonly unknown[], used: Set<Resource>): unknown {
  if (!isRow(value)) return value ?? undefined;
  const name = nameOf(value);
  const found = isResource(value) ? value : name === null ? undefined : known.get(name);
  if (found === undefined) return name === null ? value : { id: value.id };
  const isAbove = found.type !== undefined && above.includes(found.type);
  return isAbove || above.length >= MAX_DEPTH ? undefined : plain(found, known, above, used);
}
