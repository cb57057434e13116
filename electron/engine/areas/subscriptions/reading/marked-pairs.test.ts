import { describe, expect, it } from 'vitest';
import {
  createSubscriptionTextReader,
  readSubscriptionText,
  type SubscriptionTextRow,
} from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const person = (host: string) => {
  const { endpoint, keys } = browserSubscription({ host });
  return { e: endpoint, p: keys.p256dh, a: keys.auth };
};
const x = person('fcm.googleapis.com/fcm/send');
const y = person('updates.push.services.mozilla.com/wpush/v2');
const z = person('web.push.apple.com');

const pairs = (rows: readonly SubscriptionTextRow[]) =>
  rows.flatMap((row) =>
    row.kind === 'row' ? [{ e: row.value.endpoint, p: row.value.keys.p256dh, a: row.value.keys.auth }] : [],
  );
const refusals = (rows: readonly SubscriptionTextRow[]) =>
  rows.flatMap((row) => (row.kind === 'bad' ? [row.problem.code] : []));

const insert = (table: string, columns: string, ...rows: string[]) =>
  `INSERT INTO ${table} (${columns}) VALUES ${rows.join(',')};\n`;

/** In each of these the keys are not in the order of the endpoints. */
const MARKED: Readonly<Record<string, string>> = {
  'tables of SQL':
    insert('subs', 'id,endpoint', `(1,'${x.e}')`, `(2,'${y.e}')`) +
    insert('sub_keys', 'sub_id,p256dh,auth', `(2,'${y.p}','${y.a}')`, `(1,'${x.p}','${x.a}')`),
  'tables of SQL with a row for each key':
    insert('subs', 'id,endpoint', `(1,'${x.e}')`, `(2,'${y.e}')`) +
    insert(
      'sub_keys',
      'sub_id,name,value',
      `(2,'p256dh','${y.p}')`,
      `(1,'p256dh','${x.p}')`,
      `(1,'auth','${x.a}')`,
      `(2,'auth','${y.a}')`,
    ),
  'a table of names and values': insert(
    'meta',
    'entity_id,meta_key,meta_value',
    `(1,'endpoint','${x.e}')`,
    `(2,'endpoint','${y.e}')`,
    `(2,'p256dh','${y.p}')`,
    `(2,'auth','${y.a}')`,
    `(1,'p256dh','${x.p}')`,
    `(1,'auth','${x.a}')`,
  ),
  'tables of COPY': `COPY subs (id, endpoint) FROM stdin;\n1\t${x.e}\n2\t${y.e}\n\\.\n\nCOPY keys (sub_id, p256dh, auth) FROM stdin;\n2\t${y.p}\t${y.a}\n1\t${x.p}\t${x.a}\n\\.\n`,
  'tables of CSV': `Subscriptions\nid,endpoint\n1,${x.e}\n2,${y.e}\n\nKeys\nid,p256dh,auth\n2,${y.p},${y.a}\n1,${x.p},${x.a}`,
  'tables of Markdown': `| id | endpoint |\n|---|---|\n| 1 | ${x.e} |\n| 2 | ${y.e} |\n\n| id | p256dh | auth |\n|---|---|---|\n| 2 | ${y.p} | ${y.a} |\n| 1 | ${x.p} | ${x.a} |`,
  'updates of SQL': `INSERT INTO subs (id,endpoint) VALUES (1,'${x.e}'),(2,'${y.e}');\nUPDATE subs SET p256dh='${y.p}', auth='${y.a}' WHERE id=2;\nUPDATE subs SET p256dh='${x.p}', auth='${x.a}' WHERE id=1;`,
  XML: `<r><subs><sub id="1"><endpoint>${x.e}</endpoint></sub><sub id="2"><endpoint>${y.e}</endpoint></sub></subs><keys><key sub="2"><p256dh>${y.p}</p256dh><auth>${y.a}</auth></key><key sub="1"><p256dh>${x.p}</p256dh><auth>${x.a}</auth></key></keys></r>`,
  'sections of settings': `[endpoints]\nann=${x.e}\nbob=${y.e}\n[p256dh]\nbob=${y.p}\nann=${x.p}\n[auth]\nann=${x.a}\nbob=${y.a}`,
  variables: `SUB_1_ENDPOINT=${x.e}\nSUB_2_ENDPOINT=${y.e}\nSUB_2_P256DH=${y.p}\nSUB_2_AUTH=${y.a}\nSUB_1_P256DH=${x.p}\nSUB_1_AUTH=${x.a}`,
  properties: `subs[0].endpoint=${x.e}\nsubs[1].endpoint=${y.e}\nsubs[1].p256dh=${y.p}\nsubs[1].auth=${y.a}\nsubs[0].p256dh=${x.p}\nsubs[0].auth=${x.a}`,
  'commands of Redis': `SET sub:2:endpoint ${y.e}\nSET sub:1:endpoint ${x.e}\nSET sub:1:p256dh ${x.p}\nSET sub:2:p256dh ${y.p}\nSET sub:1:auth ${x.a}\nSET sub:2:auth ${y.a}`,
  'a log of requests': `[req-1] endpoint=${x.e}\n[req-2] endpoint=${y.e}\n[req-2] p256dh=${y.p} auth=${y.a}\n[req-1] p256dh=${x.p} auth=${x.a}`,
  'a log of processes': `[pid 11] subscribe endpoint=${x.e}\n[pid 12] subscribe endpoint=${y.e}\n[pid 12] auth=${y.a} p256dh=${y.p}\n[pid 11] auth=${x.a} p256dh=${x.p}`,
  'a log with named ids': `request_id=1 endpoint=${x.e}\nrequest_id=2 endpoint=${y.e}\nrequest_id=2 p256dh=${y.p} auth=${y.a}\nrequest_id=1 p256dh=${x.p} auth=${x.a}`,
  'a chat': `Ann: endpoint ${x.e}\nBob: endpoint ${y.e}\nBob: p256dh ${y.p} auth ${y.a}\nAnn: p256dh ${x.p} auth ${x.a}`,
  'a chat with times': `[01/03/24, 10:00:00] Ann Lee: ${x.e}\n[01/03/24, 10:00:05] Bob Hill: ${y.e}\n[01/03/24, 10:00:10] Bob Hill: ${y.p}\n[01/03/24, 10:00:15] Bob Hill: ${y.a}\n[01/03/24, 10:00:20] Ann Lee: ${x.p}\n[01/03/24, 10:00:25] Ann Lee: ${x.a}`,
};

/** In these it says who belongs to whom as well, but not clearly. */
const CONTRADICTORY: Readonly<Record<string, string>> = {
  'keys with two ids':
    insert('subs', 'id,user_id,endpoint', `(1,8,'${x.e}')`, `(2,9,'${y.e}')`, `(3,7,'${z.e}')`) +
    insert(
      'sub_keys',
      'id,sub_id,p256dh,auth',
      `(1,3,'${z.p}','${z.a}')`,
      `(2,1,'${x.p}','${x.a}')`,
      `(3,2,'${y.p}','${y.a}')`,
    ),
  'keys with ids of nobody': `1,${x.e}\n2,${y.e}\n\n7,${y.p},${y.a}\n8,${x.p},${x.a}`,
  'the same id at both keys': `id=1 ${x.e}\nid=2 ${y.e}\nid=2 ${y.p} ${y.a}\nid=2 ${x.p} ${x.a}`,
};

describe('keys apart from their endpoints', () => {
  it.each(Object.entries(MARKED))('go by the ids and names beside them: %s', (_, text) => {
    const rows = readSubscriptionText(text);
    expect(pairs(rows)).toHaveLength(2);
    expect(pairs(rows)).toEqual(expect.arrayContaining([x, y]));
  });

  it.each(Object.entries({ ...MARKED, ...CONTRADICTORY }))('are read alike in pieces: %s', (_, text) => {
    const whole = readSubscriptionText(text);
    for (const size of [1, 7, 100]) {
      const reader = createSubscriptionTextReader();
      const rows: SubscriptionTextRow[] = [];
      for (let at = 0; at < text.length; at += size) rows.push(...reader.push(text.slice(at, at + size)));
      expect([...rows, ...reader.end()]).toEqual(whole);
    }
  });

  it.each(Object.entries(CONTRADICTORY))('go to nobody where ids contradict their order: %s', (_, text) => {
    const rows = readSubscriptionText(text);
    expect(pairs(rows)).toEqual([]);
    expect(refusals(rows)).not.toEqual([]);
  });

  it('never go to the endpoint above if their id is that of another', () => {
    const rows = readSubscriptionText(
      `INSERT INTO \`wp_usermeta\` VALUES\n(1, 5, 'push_endpoint', '${x.e}'),\n(2, 5, 'push_p256dh', '${x.p}'),\n(6, 6, 'push_auth', '${y.a}'),\n(4, 6, 'push_endpoint', '${y.e}'),\n(5, 6, 'push_p256dh', '${y.p}');`,
    );
    expect(pairs(rows)).toEqual([]);
    expect(refusals(rows)).toHaveLength(2);
  });

  it.each([
    ['nothing is beside them', `${x.e}\n${y.e}\n${x.p} ${x.a}\n${y.p} ${y.a}`],
    ['only endpoints have names', `Ann: ${x.e}\nBob: ${y.e}\n\n${x.p} ${x.a}\n${y.p} ${y.a}`],
    [
      'there are headings',
      `Here are 2 endpoints: ${x.e}\n${y.e}\nand the keys: ${x.p} ${x.a}\n${y.p} ${y.a}`,
    ],
    [
      'a column of ids is between them',
      `'data.frame': 2 obs. of 4 variables:\n $ endpoint: chr  "${x.e}" "${y.e}"\n $ id      : chr  "71" "72"\n $ p256dh  : chr  "${x.p}" "${y.p}"\n $ auth    : chr  "${x.a}" "${y.a}"`,
    ],
  ])('still go by their order where %s', (_, text) => {
    const rows = readSubscriptionText(text);
    expect(pairs(rows)).toEqual([x, y]);
    expect(rows).toEqual([
      expect.objectContaining({ remark: expect.stringContaining('by their order') as unknown }),
      expect.objectContaining({ remark: expect.stringContaining('by their order') as unknown }),
    ]);
  });

  it.each([
    [
      'of JSON',
      `ab12","${y.e}","${z.e}"],"p256dh":["${x.p}","${y.p}","${z.p}"],"auth":["${x.a}","${y.a}","${z.a}"]}`,
    ],
    ['of columns', `${y.e},${z.e}\np256dh,${x.p},${y.p},${z.p}\nauth,${x.a},${y.a},${z.a}`],
  ])('go to nobody where the beginning of lists is lost: %s', (_, text) => {
    const rows = readSubscriptionText(text);
    expect(pairs(rows)).toEqual([]);
    expect(refusals(rows)).not.toEqual([]);
  });

  it.each([
    [
      'a misplaced line',
      `ANN_ENDPOINT=${x.e}\nANN_P256DH=${x.p}\nBOB_ENDPOINT=${y.e}\nANN_AUTH=${x.a}\nBOB_P256DH=${y.p}\nBOB_AUTH=${y.a}`,
      [x, y],
    ],
    [
      'sorted lines of which the first is lost',
      `SUB1_ENDPOINT=${x.e}\nSUB1_P256DH=${x.p}\nSUB2_AUTH=${y.a}\nSUB2_ENDPOINT=${y.e}\nSUB2_P256DH=${y.p}\nSUB3_AUTH=${z.a}\nSUB3_ENDPOINT=${z.e}\nSUB3_P256DH=${z.p}`,
      [y, z],
    ],
    [
      'an endpoint that is empty',
      `push.ann.endpoint=""\npush.ann.keys.p256dh="${x.p}"\npush.ann.keys.auth="${x.a}"\npush.bob.endpoint="${y.e}"\npush.bob.keys.p256dh="${y.p}"\npush.bob.keys.auth="${y.a}"`,
      [y],
    ],
  ])('never go to an endpoint if their own names are those of another: %s', (_, text, all) => {
    expect(pairs(readSubscriptionText(text))).toEqual(all);
  });

  it('lose no other one of numbered variables where an endpoint is lost', () => {
    const numbered = (one: typeof x, n: number) =>
      `PUSH_ENDPOINT_${n}=${one.e}\nPUSH_P256DH_${n}=${one.p}\nPUSH_AUTH_${n}=${one.a}\n`;
    const rows = readSubscriptionText(numbered(x, 1) + numbered(y, 2).replace(/^.*\n/, '') + numbered(z, 3));
    expect(pairs(rows)).toEqual([x, z]);
    expect(refusals(rows)).toHaveLength(1);
  });
});
