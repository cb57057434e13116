import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import {
  accessTokenNameSchema,
  tokenScopeSchema,
  type TokenScope,
} from '../../../electron/contract/access-tokens.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { DialogButtons } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { TOKEN_SCOPES } from '../../words/token-scopes.ts';
import './server.css';

const EXPIRIES = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'never', label: 'Never' },
];

/** Asks what a token is for. The engine has the system show it: it never comes to this page. */
export function NewTokenForm({ onMade }: { onMade: () => void }) {
  const { tokens } = useQueries();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<TokenScope[]>([]);
  const [expiry, setExpiry] = useState('never');
  const [isTried, setTried] = useState(false);
  const create = useMutation(tokens.create.mutationOptions({ onSuccess: onMade }));
  const named = accessTokenNameSchema.safeParse(name);
  const nameError = name.trim() === '' ? 'Give it a name.' : (named.error?.issues[0]?.message ?? null);
  const scopesError = scopes.length === 0 ? 'Choose at least one.' : null;

  return (
    <Form
      className="pd-server-card__form"
      onSubmit={() => {
        setTried(true);
        if (!named.success || scopesError !== null) return;
        const expiresInDays = expiry === 'never' ? null : Number(expiry);
        create.mutate({ name: named.data, scopes, expiresInDays });
      }}
    >
      <TextInput
        label="Name"
        description="What it is for, such as “Shop backend” or “My laptop”."
        data-autofocus
        value={name}
        error={isTried ? nameError : null}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <Checkbox.Group
        label="It may"
        error={isTried ? scopesError : null}
        value={scopes}
        onChange={(chosen) => {
          setScopes(tokenScopeSchema.options.filter((scope) => chosen.includes(scope)));
        }}
      >
        <div className="pd-server-scopes">
          {tokenScopeSchema.options.map((scope) => (
            <Checkbox
              key={scope}
              size="xs"
              value={scope}
              label={TOKEN_SCOPES[scope].name}
              description={TOKEN_SCOPES[scope].about}
            />
          ))}
        </div>
      </Checkbox.Group>
      <Select
        label="Expires"
        data={EXPIRIES}
        allowDeselect={false}
        value={expiry}
        onChange={(value) => {
          setExpiry(value ?? 'never');
        }}
      />
      <p className="pd-server__note">
        The token is shown once, in a window of its own where you can copy it. Pushdesk keeps only a hash of
        it.
      </p>
      <DialogButtons problem={create.error ? problemOf(create.error) : null}>
        <Button type="submit" loading={create.isPending}>
          Create token
        </Button>
      </DialogButtons>
    </Form>
  );
}
