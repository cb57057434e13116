import type { ColumnMapping, ImportColumn } from '../../contract/subscription-import.ts';
import { fieldOf, type Field } from './record/field-role.ts';

/** How many rows show what the columns of a table hold, and how many characters of each cell. */
export const SAMPLE_ROWS = 20;
const SAMPLE_CHARACTERS = 100;

/** The columns of a table, with what their names say and what is in its first rows. */
export function importColumns(
  { columns, readAs }: { columns: readonly string[]; readAs: readonly string[] },
  rows: readonly (readonly string[])[],
): ImportColumn[] {
  return columns.map((name, index) => {
    const samples = rows.map((cells) => (cells[index] ?? '').slice(0, SAMPLE_CHARACTERS));
    return { name, readAs: nameOf(fieldOf(readAs[index] ?? name), samples), samples };
  });
}

/** What a person said that a column holds. Only own properties count: a column may be called `constructor`. */
export const mappedTo = (mapping: ColumnMapping, column: string): ColumnMapping[string] | undefined =>
  Object.hasOwn(mapping, column) ? mapping[column] : undefined;

function nameOf(field: Field | null, samples: readonly string[]): string | null {
  switch (field?.role) {
    case undefined:
      return samples.some((text) => /^\s*\{.*(?:endpoint|https:)/s.test(text)) ? 'Subscription' : null;
    case 'former':
      return 'Former value';
    case 'endpoint':
      return 'Endpoint';
    case 'p256dh':
      return 'Key p256dh';
    case 'auth':
      return 'Key auth';
    case 'publicKey':
      return 'Public key';
    case 'expirationTime':
      return 'Expiry';
    case 'addedAt':
      return 'Added';
    case 'encoding':
      return 'Encoding';
    case 'invalid':
      return 'Marked invalid';
    case 'subscribed':
      return 'Still subscribed';
    case 'label':
      return 'Label';
    case 'firstName':
      return 'First name';
    case 'lastName':
      return 'Last name';
    case 'email':
      return 'Label or attribute email';
    case 'externalId':
      return 'External ID';
    case 'tags':
      return 'Tags';
    case 'attributes':
      return 'Attributes';
    case 'attribute':
      return `Attribute ${field.name ?? ''}`;
  }
}
