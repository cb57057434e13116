import { Button, PasswordInput, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings } from '../../../electron/contract/settings.ts';
import type { WorkersDatabase } from '../../../electron/contract/workers.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { Form } from '../../ui/Form.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import type { ChangeSettings } from './change-settings.ts';

/**
 * Makes this engine hand work to workers on other machines. A person who needs none sees one field; the address holds a password, so what
 * was saved is never shown again.
 */
export function WorkersSetting({
  settings,
  heldSendHere,
  onChange,
}: {
  settings: Settings;
  heldSendHere: string | null;
  onChange: ChangeSettings;
}) {
  const { workers } = useQueries();
  const queryClient = useQueryClient();
  const { data } = useQuery(workers.database.queryOptions());
  const [typed, setTyped] = useState('');
  const choose = useMutation(
    workers.chooseDatabase.mutationOptions({
      onSuccess() {
        setTyped('');
        void queryClient.invalidateQueries({ queryKey: workers.key() });
      },
    }),
  );
  if (data === undefined) return null;
  const isHeld = data.source === 'environment';
  return (
    <>
      <Form
        onSubmit={() => {
          if (typed.trim() !== '') choose.mutate({ address: typed });
        }}
      >
        <PasswordInput
          label="Workers"
          description={descriptionOf(data)}
          placeholder="postgres://user:password@host/database"
          autoComplete="off"
          disabled={isHeld}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
        {!isHeld && (
          <div className="pd-settings__acts">
            <Button
              type="submit"
              variant="default"
              size="xs"
              disabled={typed.trim() === ''}
              loading={choose.isPending}
            >
              Save address
            </Button>
            {data.source === 'settings' && (
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                loading={choose.isPending}
                onClick={() => {
                  choose.mutate({ address: null });
                }}
              >
                Remove address
              </Button>
            )}
          </div>
        )}
      </Form>
      {choose.error !== null && <ProblemNotice problem={problemOf(choose.error)} />}
      {data.problem !== null && <ProblemNotice problem={data.problem} tone="warn" />}
      {(data.source !== null || data.isUsed) && (
        <Switch
          label="This machine sends along"
          description={
            heldSendHere ??
            'Otherwise it only hands out the work, and nothing is sent while there is no worker.'
          }
          disabled={heldSendHere !== null}
          checked={settings.sendHere}
          onChange={(event) => {
            void onChange({ sendHere: event.currentTarget.checked });
          }}
        />
      )}
    </>
  );
}

function descriptionOf({ source, at, needsRestart }: WorkersDatabase): string {
  const restart = needsRestart ? ' Start Pushdesk again to apply this; what is being sent goes on then.' : '';
  switch (source) {
    case 'environment':
      return `The database at ${at ?? 'an address that is not known'}, by PUSHDESK_WORKERS for this run.`;
    case 'settings':
      return `The database at ${at ?? 'an address that cannot be opened'}. Enter another address to replace it.${restart}`;
    case null:
      return `Where one machine is too small: the address of the PostgreSQL database through which programs on other machines get work. Otherwise leave it empty.${restart}`;
  }
}
