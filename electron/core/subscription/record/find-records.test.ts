import { describe, expect, it } from 'vitest';
import { createFieldRoles } from './field-role.ts';
import { findRecords } from './find-records.ts';

/** More than a function can be called with. */
const MANY = 150_000;
const subs = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ id, endpoint: `https://push.example/${id}` }));

describe('findRecords', () => {
  it('finds very many in the parameters of a call', () => {
    const call = { method: 'subs.export', params: [...subs(MANY), { topic: 'news' }] };
    expect(findRecords(call, createFieldRoles())).toHaveLength(MANY);
  });

  it('takes very many values that another list says about one', () => {
    const tags = Array.from({ length: MANY }, (_, at) => ({ subscription_id: 0, tag: `t${at}` }));
    const [found] = findRecords({ subs: subs(2), tags }, createFieldRoles());
    expect(found).toMatchObject({ kind: 'record' });
    expect(found?.kind === 'record' && found.own).toHaveLength(MANY + 2);
  });
});
