import { expect, it } from 'vitest';
import { checkFields, EMPTY_FIELDS } from '../../compose-draft/composition.ts';
import { faultyFields, labelOfField } from './fields.ts';

it('names what is wrong in the order of the form', () => {
  const { errors } = checkFields({
    ...EMPTY_FIELDS,
    topic: 'not a topic',
    url: 'x',
    iconUrl: 'y',
    ttlSeconds: '',
  });
  expect(faultyFields(errors).map(labelOfField)).toEqual(['URL', 'Icon URL', 'TTL', 'Topic']);
  expect(faultyFields({})).toEqual([]);
});
