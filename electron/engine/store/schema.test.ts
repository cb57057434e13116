import { createHash } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { capturedLog } from '../testing/captured-log.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { openStore } from './open-store.ts';

/**
 * What each step was when it was released. Changing a step afterwards would leave two kinds of stores with the same number: write a new
 * step instead.
 */
const RELEASED = new Map([
  [10, '23d121faed1379b0b2f0817209aadb3b38a8931bee9aa6e6fd4a96fb13559118'],
  [20, 'cd66eff929cd373350fceba7d29726af3e7b5aa007235a0a2895f25672755f37'],
  [30, 'dc6494357a749a7ea8897e67917146f502d9e4ed396b6ba9209038b7f75c7e6b'],
  [40, 'fa551d7ce2caa7bbb0011ad6db53528f6ffae1f645ec52245dc44367ee690480'],
  [50, '9c76824a172e97b885da41404fdf23921b69161b73f800c22dd52e7762492514'],
  [60, '872d61f1451a701a1807ef3b6879823e93276aa983d2bd6202569a282e226ad2'],
  [70, 'df3943cbe8342e5afb409b8ea6898094112a7f13dcacb9a20dcdbc57e0f6ab0c'],
  [80, '10dffefeccaec8e29f986cc928c08b397da1259a1a51f9b99d07244afe02e775'],
  [100, 'afb974fd76f697540a4969a767e5417b55640f29e07d36ce063fafd3b6856401'],
  [120, 'b39e80c2868e9aede03bab02deeefc6a6bd306b8bea64c03430d7c322b95d340'],
  [130, '741c04471c26bab2b3fdef32af3cb2dd70c12cdf7f627eb5a807a271b19ddc21'],
  [140, '5d720e999df05218156eff663f55b9a49ff81eec9bbed87eb69e612271dc4fe0'],
  [150, 'f29f4519ea31722d055bdf146d619418d093c00880cd1b11191fa55e74aaeeb3'],
  [160, '07ce1c97d1793b49abb32509c357b8f7dd5b7e99899c53c49b2bc3941095888c'],
  [170, '746b24967ef46755c9c3f0bc0b593a13a3cdce1244b16610b0e11ffd52162a0d'],
  [180, 'a4895eb33ec5c125bb5d3c2161b824b6e880b63f7c4c21ce1b05b88d0e8846fe'],
  [190, 'de9f27d02bcc1e24ede6edacc23ba97198605636f5af9f50a3a1fad7ed68544d'],
  [200, '497d5a334fbef426912cd665d7ad61712023bb65e29d3361b3b5a268c77dc698'],
  [210, '37047d58c28eb0f78529708965421f2c50cff22f35176a93e4f781f950faa192'],
  [230, '5501bf795e35b66c8da8c215fcc4a5f43945b2e443abe236189a76ad4e7b2f96'],
  [240, '55f3daa8ac943ab627b719d5921c2154b2e49fa3f761de770ee186b5c293b58f'],
  [250, 'acccfe930c668a8c4b46f0c66d106e1a6a96be30ae3c8bfca689eb7bfbb1c212'],
  [270, 'dd5bd0d8ecc03e109d15d069529ed81c0e3cccb62ef57d83bd41828e9e0ac09d'],
  [280, 'f60e9ab00f736b419281293cdca2dbb98dfa487269442576db867979702ce1f3'],
  [300, 'ff4b5b14b4cb454c06fd8e6672af017a868454a0c306d6040a466cdcafd407b9'],
  [290, '78c67491f31b84abd8a249722350edefc1bc16b403032d9bb81dad549d82105b'],
  [310, 'ea695d1bc6c59d8bef1e0e1f126d66a309fd982a635e98faf4ec410407afb245'],
  [330, '1c1b3ab63b2838a635e1c851fea0eaa9e7f35b2aae75e08780d246b4533bad6d'],
  [360, '346b2a7c9d0726f7ac204eca04b8c46e67815e83a8ef77631b94b56bf3e97941'],
  [370, '57abcbe274ffdfba46e881bc462473bedb8debf32b9b6c7606fbb55dfacd964a'],
  [380, 'd8c721a5c9876cd012ec595da2de1cdd285e79584ac6a4712e9a32c6ac92ec18'],
  [390, '94b0350809ea1628cb8fbbf20ff1f3b345c5460a9c4559e3a3d3a28f7abad5d8'],
]);

it('steps go up, each by tens', () => {
  const versions = MIGRATIONS.map((migration) => migration.version);
  expect(versions).toEqual([...new Set(versions)].sort((one, other) => one - other));
  expect(versions.filter((version) => version % 10 !== 0)).toEqual([]);
});

it('no released step has changed', () => {
  const now = MIGRATIONS.map(({ version, sql }) => [version, createHash('sha256').update(sql).digest('hex')]);
  expect(new Map(now as [number, string][])).toEqual(RELEASED);
});

it.each(MIGRATIONS.map(({ version }) => version))(
  'the schema at step %i is the one on record',
  async (version) => {
    const file = path.join(tempFolder(), 'pushdesk.db');
    const migrations = MIGRATIONS.filter((migration) => migration.version <= version);
    openStore({ file, log: capturedLog().log, clock: fakeClock(), migrations }).close();
    await expect(schemaOf(file)).toMatchFileSnapshot(`./schema/${String(version).padStart(4, '0')}.sql`);
  },
);

function schemaOf(file: string): string {
  const connection = new Database(file, { readonly: true });
  const rows = connection
    .prepare<[], { sql: string | null }>('SELECT sql FROM sqlite_schema ORDER BY type, name')
    .all();
  connection.close();
  const statements = rows.flatMap(({ sql }) => (sql === null ? [] : [sql.replace(/\s+/g, ' ').trim()]));
  return `${statements.join(';\n')};\n`;
}
