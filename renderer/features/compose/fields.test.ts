import { expect, it } from 'vitest';
import { checkFields, EMPTY_FIELDS } from '../../compose-draft/composition.ts';
import { FIELD_LABELS } from '../../words/message-fields.ts';
import { faultyFields } from './fields.ts';

it('names what is wrong in the order of the form', () => {
  const { errors } = checkFields({
    ...EMPTY_FIELDS,
    topic: 'not a topic',
    url: 'x',
    iconUrl: 'y',
    ttlSeconds: '',
  });
  expect(faultyFields(errors).map((name) => FIELD_LABELS[name])).toEqual(['URL', 'Icon URL', 'TTL', 'Topic']);
  expect(faultyFields({})).toEqual([]);
});
