import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import {
  attributeNameSchema,
  attributeValueSchema,
  MAX_ATTRIBUTES,
} from '../../../electron/contract/people.ts';
import { InlineText } from '../../ui/InlineText.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import { toast } from '../../ui/toast.ts';
import { attributeLabel } from '../../words/attributes.ts';
import type { KeptFields, PersonPart } from './use-save-person.ts';

interface AttributesProps extends PersonPart {
  hold: (field: string) => (isUnsaved: boolean) => void;
  refusal: (text: string) => string | null;
}

/** Each attribute of a person in a row, with a way to remove it, and one more to be added. */
export function Attributes({ row, save, hold, refusal }: AttributesProps) {
  const names = Object.keys(row.attributes).toSorted((one, other) => one.localeCompare(other, 'en'));
  return (
    <div className="pd-attributes" role="group" aria-label="Attributes">
      <span className="pd-attributes__title">Attributes</span>
      {names.map((name) => {
        const value = row.attributes[name] ?? '';
        const before = { attributes: { [name]: value } };
        const remove = (seen: KeptFields = before) =>
          save(attributeLabel(name), { attributes: { [name]: null } }, before, seen);
        const asSeen = (seen: string | undefined) =>
          seen === undefined ? {} : { attributes: { [name]: seen } };
        return (
          <div key={name} className="pd-attributes__row">
            <bdi className="pd-attributes__name pd-cut" title={name}>
              {attributeLabel(name)}
            </bdi>
            <InlineText
              label={attributeLabel(name)}
              hidesLabel
              value={value}
              check={refusal}
              save={(text, seen) =>
                text.trim() === ''
                  ? remove(asSeen(seen))
                  : save(attributeLabel(name), { attributes: { [name]: text.trim() } }, before, asSeen(seen))
              }
              onUnsaved={hold(`attribute ${name}`)}
            />
            <ActionIcon
              aria-label={`Remove ${attributeLabel(name)}`}
              onClick={() => {
                void remove().then((why) => {
                  if (why !== null) toast(why);
                });
              }}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      {names.length < MAX_ATTRIBUTES && (
        <NewAttribute row={row} save={save} onUnsaved={hold('new attribute')} />
      )}
    </div>
  );
}

function NewAttribute({ row, save, onUnsaved }: PersonPart & { onUnsaved: (isUnsaved: boolean) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [errors, setErrors] = useState<{ name?: string | undefined; value?: string | undefined }>({});
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    setName('');
    setValue('');
    setErrors({});
    onUnsaved(false);
  };
  const add = async () => {
    const key = attributeNameSchema.safeParse(name.trim());
    const text = attributeValueSchema.safeParse(value);
    const wrong = {
      name: Object.hasOwn(row.attributes, name.trim())
        ? 'This attribute is already set.'
        : key.error?.issues[0]?.message,
      value: text.error?.issues[0]?.message,
    };
    setErrors(wrong);
    if (wrong.name !== undefined || wrong.value !== undefined || !key.success || !text.success) return;
    const change = { attributes: { [key.data]: text.data } };
    const none = { attributes: { [key.data]: null } };
    const why = await save(key.data, change, none, none);
    if (why === null) close();
    else setErrors({ value: why });
  };
  if (!isOpen)
    return (
      <Button
        ref={opener}
        size="xs"
        variant="subtle"
        color="gray"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          setOpen(true);
        }}
      >
        Add attribute
      </Button>
    );
  const typing = (next: { name: string; value: string }) => {
    setName(next.name);
    setValue(next.value);
    setErrors({});
    onUnsaved(next.name.trim() + next.value.trim() !== '');
  };
  return (
    <form
      className="pd-attributes__row"
      aria-label="New attribute"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <TextInput
        size="xs"
        aria-label="Name of the attribute"
        placeholder="plan"
        autoFocus
        value={name}
        error={errors.name}
        onChange={(event) => {
          typing({ name: event.currentTarget.value, value });
        }}
      />
      <TextInput
        size="xs"
        aria-label="Value of the attribute"
        placeholder="pro"
        {...TEXT_DIRECTION}
        value={value}
        error={errors.value}
        onChange={(event) => {
          typing({ name, value: event.currentTarget.value });
        }}
      />
      <Button size="xs" variant="default" type="submit">
        Add
      </Button>
    </form>
  );
}
