import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../subscription-text.ts';

const ENDPOINT = 'https://push.example.com/a';
const P256DH = 'BCVxsr7N_eNgVRqvHtD0zTZs';
const AUTH = 'BTBZMqHH6r4Tts7J_aSIgg';

const inTable = (names: string, cells: string) =>
  [...readSubscriptionText(`endpoint,p256dh,auth,${names}\n${ENDPOINT},${P256DH},${AUTH},${cells}`)][0];
const inJson = (more: object) =>
  [...readSubscriptionText(JSON.stringify({ endpoint: ENDPOINT, p256dh: P256DH, auth: AUTH, ...more }))][0];

describe('what a program left in place of a value', () => {
  it.each([
    '#N/A',
    '#NAME?',
    '#REF!',
    '#VALUE!',
    'VALUE!',
    'NaN',
    'nan',
    '<NA>',
    'NaT',
    'NoneType',
    '(null)',
    '[NULL]',
    '<null>',
    '(empty)',
    'undefined',
  ])('says nothing of a person: %s', (left) => {
    expect(inTable('name,user_id,tags,attributes.plan', [left, left, left, left].join())).toMatchObject({
      person: null,
    });
    expect(inJson({ name: left, user_id: left, tags: [left], attributes: { plan: left } })).toMatchObject({
      person: null,
    });
  });

  it('is not seen in a name', () => {
    for (const name of ['Nan', 'None', 'Value Added'])
      expect(inJson({ name })).toMatchObject({ person: { label: name } });
  });

  it.each(['1,70E+11', '1.7E+11', '1E+12'])('is no id if digits are lost: %s', (id) => {
    expect(inTable('user_id', `"${id}"`)).toMatchObject({
      person: null,
      remark: `Left out, because it can’t be kept: external ID (${id} has lost its last digits in a spreadsheet).`,
    });
  });

  it('is taken off an id whose zeros it kept', () => {
    expect(inTable('user_id', '"=""0017"""')).toMatchObject({ person: { externalId: '0017' }, remark: null });
  });

  it.each([
    `"['news', 'vip']"`,
    `"[""news"", ""vip""]"`,
    '"[news, vip]"',
    `"{'news','vip'}"`,
    '"{news,vip}"',
    '"a:2:{i:0;s:4:""news"";i:1;s:3:""vip"";}"',
  ])('is read as a list of tags: %s', (tags) => {
    expect(inTable('tags', tags)).toMatchObject({ person: { tags: ['news', 'vip'] } });
  });

  it('is not read as tags if it is an object that was printed', () => {
    expect(inTable('tags', '[object Object]')).toMatchObject({ person: null });
    expect(inTable('tags', '"[""news"", ""vi"')).toMatchObject({ person: null });
  });

  it('gives nobody the name of a table or of a column', () => {
    const row = { id: '1', endpoint: ENDPOINT, p256dh: P256DH, auth: AUTH };
    const exported = JSON.stringify([{ type: 'table', name: 'push_subs', database: 'shop', data: [row] }]);
    expect([...readSubscriptionText(exported)]).toMatchObject([{ kind: 'row', person: null }]);
    const serialized = `a:3:{s:8:"endpoint";s:26:"${ENDPOINT}";s:6:"p256dh";s:24:"${P256DH}";s:4:"auth";s:22:"${AUTH}";}`;
    const usermeta = `INSERT INTO \`wp_usermeta\` VALUES (1,17,'push_subscription','${serialized}');`;
    expect([...readSubscriptionText(usermeta)]).toMatchObject([{ kind: 'row', person: null }]);
  });
});
