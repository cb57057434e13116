import { NativeSelect, Table } from '@mantine/core';
import type {
  ColumnMapping,
  ColumnTarget,
  ImportColumn,
} from '../../../../electron/contract/subscription-import.ts';
import { countOf } from '../../../format/numbers.ts';
import { isEssential, unmappedEssentials } from './column-mapping.ts';

const TARGETS: readonly { value: ColumnTarget; label: string }[] = [
  { value: 'nothing', label: 'Leave out' },
  { value: 'endpoint', label: 'Endpoint' },
  { value: 'p256dh', label: 'Key p256dh' },
  { value: 'auth', label: 'Key auth' },
  { value: 'label', label: 'Label' },
  { value: 'externalId', label: 'External ID' },
  { value: 'tags', label: 'Tags' },
  { value: 'attribute', label: 'Attribute' },
  { value: 'unsubscribed', label: 'Unsubscribed' },
];

/** A table with more columns than have this much room is scrolled sideways. */
const MIN_COLUMN_PX = 130;

const listOf = (names: readonly string[]) => new Intl.ListFormat('en', { type: 'disjunction' }).format(names);

/** The first rows of a table, and what each of its columns becomes. Those that their names explain are not asked about. */
export function ColumnMappingTable({
  columns: all,
  mapping,
  disabled,
  onChange,
}: {
  columns: readonly ImportColumn[];
  mapping: ColumnMapping;
  disabled: boolean;
  onChange: (mapping: ColumnMapping) => void;
}) {
  // What is asked about comes first: a wide table does not show all of its columns.
  const columns = [
    ...all.filter(({ readAs }) => readAs === null),
    ...all.filter(({ readAs }) => readAs !== null),
  ];
  const targetsOf = (name: string) =>
    TARGETS.filter(
      ({ value }) =>
        !isEssential(value) || mapping[name] === value || unmappedEssentials(all, mapping).includes(value),
    );
  const missing = unmappedEssentials(all, mapping).flatMap((essential) =>
    TARGETS.flatMap(({ value, label }) => (value === essential ? [label] : [])),
  );
  const leftOut = all.filter(
    ({ name, readAs }) => readAs === null && (mapping[name] ?? 'nothing') === 'nothing',
  );
  const rowCount = Math.max(...columns.map(({ samples }) => samples.length));
  return (
    <>
      {missing.length > 0 && (
        <p className="pd-small pd-import__note" role="status">
          {`No column was recognized as ${listOf(missing)}. Choose ${missing.length === 1 ? 'it' : 'them'} below.`}
        </p>
      )}
      <div className="pd-import__columns" tabIndex={0} role="region" aria-label="Columns of the table">
        <Table
          stickyHeader
          withColumnBorders
          fz="xs"
          verticalSpacing={4}
          layout="fixed"
          miw={columns.length * MIN_COLUMN_PX}
        >
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ name, readAs }) => (
                <Table.Th key={name}>
                  <bdi className="pd-cut">{name}</bdi>
                  {readAs === null ? (
                    <NativeSelect
                      size="xs"
                      aria-label={`${name} becomes`}
                      disabled={disabled}
                      data={targetsOf(name)}
                      value={mapping[name] ?? 'nothing'}
                      onChange={(event) => {
                        const target = TARGETS.find(({ value }) => value === event.currentTarget.value);
                        if (target) onChange({ ...mapping, [name]: target.value });
                      }}
                    />
                  ) : (
                    <span className="pd-import__known pd-soft">{readAs}</span>
                  )}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Array.from({ length: rowCount }, (_, row) => (
              <Table.Tr key={row}>
                {columns.map(({ name, samples }) => (
                  <Table.Td key={name}>
                    <bdi className="pd-cut">{samples[row] ?? ''}</bdi>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {leftOut.length > 0 && (
        <p className="pd-soft pd-small pd-import__note">
          {`${countOf(leftOut.length, 'column')} left out: `}
          <bdi>{leftOut.map(({ name }) => name).join(', ')}</bdi>
        </p>
      )}
    </>
  );
}
