import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ownFormatFault } from '../../../electron/contract/own-format.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';

/** The person's own payload formats that the workspace remembers: one to use, this one to keep, one to remove. */
export function OwnFormats({ text, onUse }: { text: string; onUse: (text: string) => void }) {
  const queries = useQueries();
  const client = useQueryClient();
  const kept = useQuery(queries.campaigns.ownFormats.queryOptions()).data ?? [];
  const change = useMutation(
    queries.campaigns.changeOwnFormat.mutationOptions({
      onSuccess: (formats) => {
        client.setQueryData(queries.campaigns.ownFormats.queryKey(), formats);
      },
      // What is there now, so that the person decides about that.
      onError: () => client.invalidateQueries({ queryKey: queries.campaigns.ownFormats.key() }),
    }),
  );
  const [name, setName] = useState('');
  const current = kept.find((format) => format.text === text)?.name ?? null;
  const wanted = name.trim();
  const taken = kept.find((format) => format.name === wanted);
  const why = change.error === null ? undefined : problemOf(change.error).cause;
  const keep = () => {
    change.mutate(
      { name: wanted, text, was: { text: taken?.text ?? null } },
      {
        onSuccess: () => {
          setName('');
        },
      },
    );
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
            error={why}
            onChange={(event) => {
              setName(event.currentTarget.value);
              change.reset();
            }}
          />
          <Button
            variant="default"
            loading={change.isPending}
            disabled={wanted === '' || ownFormatFault(text) !== null}
            onClick={keep}
          >
            {taken === undefined ? 'Save format' : 'Replace'}
          </Button>
        </>
      ) : (
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => {
            change.mutate({ name: current, text: null, was: { text } });
          }}
        >
          Remove “{current}”
        </Button>
      )}
    </div>
  );
}
