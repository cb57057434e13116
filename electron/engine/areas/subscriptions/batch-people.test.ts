import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Person } from '../../../contract/people.ts';
import { subscriptionFilterSchema } from '../../../contract/subscriptions.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';
import { packPeople, unpackPeople } from './batch-people.ts';
import { packed } from './testing/packed.ts';

const text = fc.constantFrom('a', 'A', 'b', 'ß', 'two words', '"', '\\', '1', '日本');
const person: fc.Arbitrary<Person> = fc.record({
  label: fc.option(text),
  externalId: fc.option(text),
  tags: fc.uniqueArray(text, { maxLength: 3 }),
  attributes: fc.dictionary(fc.constantFrom('plan', 'city', 'constructor'), text),
});
const persons = fc.array(fc.option(person), { minLength: 1, maxLength: 30 });
const isSomebody = (one: Person) =>
  one.label !== null ||
  one.externalId !== null ||
  one.tags.length > 0 ||
  Object.keys(one.attributes).length > 0;

it('gives back what was packed, and the rows that have each value', () => {
  fc.assert(
    fc.property(persons, (all) => {
      const packed = packPeople(all);
      const told = all.flatMap((one, row) => (one !== null && isSomebody(one) ? [{ ...one, row }] : []));
      if (packed === null) {
        expect(told).toEqual([]);
        return;
      }
      const { rows, labels, externalIds, tagLists, tagsOf, values, attributes } = unpackPeople(packed);
      expect(
        rows.map((row, at) => ({
          row,
          label: labels[at],
          externalId: externalIds[at],
          tags: tagLists[tagsOf[at] ?? -1],
          attributes: JSON.parse(attributes[at] ?? '') as unknown,
        })),
      ).toEqual(told);
      const having = values.flatMap(([name, some]) =>
        some.flatMap(([value, at]) => at.map((row) => `${row} ${name} ${value}`)),
      );
      const expected = told.flatMap((one) =>
        Object.entries(one.attributes).map(([name, value]) => `${one.row} ${name} ${value}`),
      );
      expect(having.toSorted()).toEqual(expected.toSorted());
    }),
  );
});

/** Everything that is stored about people, and what is found by their facts. */
function stored({ db, all }: ReturnType<typeof tempSubscriptions>) {
  const ids = (values: object) =>
    all(subscriptionFilterSchema.parse(values))
      .map(({ endpoint }) => endpoint)
      .toSorted();
  const tags = ['a', 'b', 'ß', 'two words', '"', '\\', '1', '日本'];
  return {
    people: db
      .read<object, object>(
        `SELECT s.endpoint, p.label, p.external_id, p.attributes, p.page_names, p.removed_tags FROM people p JOIN subscriptions s ON s.id = p.id ORDER BY s.endpoint`,
      )
      .all({}),
    facts: db
      .read<object, object>(
        'SELECT kind, key, value, count, value_count, has_more, from_page FROM facts WHERE count > 0 ORDER BY kind, key, value',
      )
      .all({}),
    found: tags.flatMap((tag) => [
      ids({ tagsAnyOf: [tag] }),
      ids({ attributes: [{ name: 'plan', anyOf: [tag] }] }),
    ]),
  };
}

it('stores a batch of new people as it stores them one by one', () => {
  fc.assert(
    fc.property(persons, (all) => {
      const rows = all.map((one) => ({ ...browserSubscription(), person: one }));
      const batchOf = (some: typeof rows) => ({
        json: JSON.stringify(some.map(packed)),
        count: some.length,
        lines: some.map(() => 1),
        people: packPeople(some.map((row) => row.person)),
      });
      const atOnce = tempSubscriptions();
      atOnce.keeper().keep(batchOf(rows));
      const oneByOne = tempSubscriptions();
      // If one row of a batch is already known, the others are stored one by one.
      const known = { ...browserSubscription(), person: null };
      for (const setting of [atOnce, oneByOne]) setting.keeper().keep(batchOf([known]));
      oneByOne.keeper().keep(batchOf([...rows, known]));
      expect(stored(atOnce)).toEqual(stored(oneByOne));
    }),
    { numRuns: 5 },
  );
});
