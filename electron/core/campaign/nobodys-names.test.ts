import { expect, it } from 'vitest';
import { remarkOnNames, type NobodysNames } from './nobodys-names.ts';

const remark = (found: Partial<NobodysNames>) =>
  remarkOnNames({ kind: 'tag', names: ['custmers'], of: 1, within: 'part', isLeftOut: true, ...found });

it.each<[Partial<NobodysNames>, string]>([
  [{}, 'Nobody has the tag “custmers”, so it leaves nobody out.'],
  [{ isLeftOut: false }, 'Nobody has the tag “custmers”, so it adds nobody.'],
  [{ kind: 'externalId', names: ['u9'] }, 'Nobody has the external ID “u9”, so it leaves nobody out.'],
  [
    { kind: 'externalId', names: ['u8', 'u9'], of: 1200 },
    'Nobody has 2 of the 1,200 external IDs to leave out: “u8”, “u9”.',
  ],
  [
    { kind: 'externalId', names: ['1', '2', '3', '4', '5', '6', '7'], of: 7, isLeftOut: false },
    'Nobody has 7 of the 7 external IDs to send to: “1”, “2”, “3”, “4”, “5” and 2 more.',
  ],
  [
    { kind: 'endpoint', names: ['https://a.example/…'] },
    'No subscription has the endpoint “https://a.example/…”, so it leaves nobody out.',
  ],
  [{ kind: 'subscription', names: ['7'] }, 'There is no subscription #7, so it leaves nobody out.'],
  [
    { kind: 'subscription', names: ['7'], of: 3, isLeftOut: false },
    '1 of the 3 subscriptions to send to does not exist: #7.',
  ],
  [
    { kind: 'subscription', names: ['7', '9'], of: 3 },
    '2 of the 3 subscriptions to leave out do not exist: #7, #9.',
  ],
  [{ within: 'filter' }, 'The filter to leave out names the tag “custmers”, which nobody has.'],
  [
    { within: 'filter', isLeftOut: false, kind: 'attribute', names: ['plan=prro', 'ctiy'] },
    'The filter of the audience names the attributes “plan=prro”, “ctiy”, which nobody has.',
  ],
  [{ within: { segment: 'VIP' } }, 'The segment “VIP” names the tag “custmers”, which nobody has.'],
])('says which names nobody has, and what that means: %j', (found, cause) => {
  expect(remark(found)).toMatchObject({ code: 'names-nobody', cause, field: 'audience' });
});
