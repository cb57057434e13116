import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnFormat } from '../../../electron/contract/own-formats.ts';
import { ownFormatFault } from '../../../electron/contract/own-format.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';

/** The person's own payload formats that the workspace remembers: one to use, this one to keep, one to remove. */
export function OwnFormats({ text, onUse }: { text: string; onUse: (text: string) => void }) {
  const queries = useQueries();
  const client = useQueryClient();
  const kept = useQuery(queries.campaigns.ownFormats.queryOptions()).data ?? [];
  const save = useMutation(
    queries.campaigns.saveOwnFormats.mutationOptions({
      onSuccess: (formats) => {
        client.setQueryData(queries.campaigns.ownFormats.queryKey(), formats);
      },
    }),
  );
  const [name, setName] = useState('');
  const current = kept.find((format) => format.text === text)?.name ?? null;
  const wanted = name.trim();
  const keep = () => {
    const others: OwnFormat[] = kept.filter((format) => format.name !== wanted);
    save.mutate([...others, { name: wanted, text }], {
      onSuccess: () => {
        setName('');
      },
    });
  };
  return (
    <div className="pd-compose__formats">
      {kept.length > 0 && (
        <Select
          label="Saved formats"
          placeholder="Choose one"
          data={kept.map((format) => format.name)}
          value={current}
          onChange={(chosen) => {
            const format = kept.find((one) => one.name === chosen);
            if (format) onUse(format.text);
          }}
        />
      )}
      {current === null ? (
        <>
          <TextInput
            label="Save as"
            placeholder="My worker"
            value={name}
            error={save.error ? problemOf(save.error).cause : undefined}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <Button
            variant="default"
            loading={save.isPending}
            disabled={wanted === '' || ownFormatFault(text) !== null}
            onClick={keep}
          >
            {kept.some((format) => format.name === wanted) ? 'Replace' : 'Save format'}
          </Button>
        </>
      ) : (
        <Button
          variant="default"
          loading={save.isPending}
          onClick={() => {
            save.mutate(kept.filter((format) => format.name !== current));
          }}
        >
          Remove “{current}”
        </Button>
      )}
    </div>
  );
}
