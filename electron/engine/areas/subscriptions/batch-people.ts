import type { Person } from '../../../contract/people.ts';
import { remembered } from '../../base/remembered.ts';

/**
 * What a batch says about people, column by column: the reading thread takes it apart once, and the thread that stores it need not make
 * an object for each person. `rows` are positions in the batch, in ascending order.
 */
export interface BatchPeople {
  /** The row of each person. */
  readonly rows: readonly number[];
  readonly labels: readonly (string | null)[];
  readonly externalIds: readonly (string | null)[];
  /** Each list of tags once, because most people have one of the same few. */
  readonly tagLists: readonly (readonly string[])[];
  /** Which of these lists each person has. */
  readonly tagsOf: readonly number[];
  /** The values of each attribute, with the rows that have each value. */
  readonly values: readonly (readonly [
    name: string,
    values: readonly (readonly [value: string, rows: readonly number[]])[],
  ])[];
  /** The attributes of each person, as they are stored. */
  readonly attributes: readonly string[];
}

/**
 * Makes one text, because that crosses threads fastest. The attributes follow as lines of their own, because their JSON has no line breaks,
 * and inside other JSON each of their quotes would have to be unescaped.
 *
 * @param persons one for each row of the batch; `null`: nothing is known about them
 * @returns `null` if nothing is known about anybody
 */
export function packPeople(persons: readonly (Person | null)[]): string | null {
  const rows: number[] = [];
  const labels: (string | null)[] = [];
  const externalIds: (string | null)[] = [];
  const tagLists = new Map<string, { at: number; tags: readonly string[] }>();
  const tagsOf: number[] = [];
  const values = new Map<string, Map<string, number[]>>();
  const lines: string[] = [];
  for (const [row, person] of persons.entries()) {
    if (person === null || isNothing(person)) continue;
    const { label, externalId, tags, attributes } = person;
    rows.push(row);
    labels.push(label);
    externalIds.push(externalId);
    const list = remembered(tagLists, tags.join('\n'), () => ({ at: tagLists.size, tags }));
    tagsOf.push(list.at);
    for (const name of Object.keys(attributes)) {
      const ofName = remembered(values, name, () => new Map<string, number[]>());
      remembered(ofName, attributes[name] ?? '', () => []).push(row);
    }
    lines.push(JSON.stringify(attributes));
  }
  if (rows.length === 0) return null;
  const columns = {
    rows,
    labels,
    externalIds,
    tagLists: [...tagLists.values()].map(({ tags }) => tags),
    tagsOf,
    values: [...values].map(([name, ofName]) => [name, [...ofName]]),
  } satisfies Omit<BatchPeople, 'attributes'>;
  return [JSON.stringify(columns), ...lines].join('\n');
}

export function unpackPeople(packed: string): BatchPeople {
  const [columns = '', ...attributes] = packed.split('\n');
  return { ...(JSON.parse(columns) as Omit<BatchPeople, 'attributes'>), attributes };
}

function isNothing({ label, externalId, tags, attributes }: Person): boolean {
  return label === null && externalId === null && tags.length === 0 && Object.keys(attributes).length === 0;
}
