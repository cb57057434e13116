import { ActionIcon, Button, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import {
  attributeNameSchema,
  attributeValueSchema,
  externalIdSchema,
  labelSchema,
  MAX_ATTRIBUTES,
  TEST_GROUP_TAG,
} from '../../../electron/contract/people.ts';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { TagField } from '../../audience/TagField.tsx';
import { useHeldWork } from '../../ui/held-work.ts';
import { InlineText } from '../../ui/InlineText.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import { toast } from '../../ui/toast.ts';
import { undoToast } from '../../ui/undo-toast.tsx';
import { attributeLabel } from '../../words/attributes.ts';
import { tellProblem } from './use-acts.ts';
import './person.css';

type Fields = Partial<Pick<Subscription, 'label' | 'externalId'>> & {
  attributes?: Record<string, string | null>;
};
/** Tags are added and taken away one by one: those that another window adds meanwhile stay. */
type Change = Fields & { addTags?: string[]; removeTags?: string[] };

/** What the owner knows about the person who subscribed; kept as each field is left, with a way back. */
export function PersonFields({ row }: { row: Subscription }) {
  const { hold, isHeld } = useHeldFields();
  useHeldWork(isHeld ? 'Discard what you typed?' : null);
  const save = useSave(row);
  const refusal = (schema: z.ZodType) => (text: string) =>
    text.trim() === '' ? null : (schema.safeParse(text).error?.issues[0]?.message ?? null);
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  const asKept = (shown: string) => (shown === '' ? null : shown);
  return (
    <section className="pd-person" aria-label="About this person">
      <div className="pd-person__pair">
        <InlineText
          label="Label"
          value={row.label ?? ''}
          placeholder="None"
          check={refusal(labelSchema)}
          save={(text, seen) =>
            save('Label', { label: orNull(text) }, { label: row.label }, { label: asKept(seen) })
          }
          onUnsaved={hold('label')}
        />
        <InlineText
          label="External ID"
          value={row.externalId ?? ''}
          placeholder="None"
          check={refusal(externalIdSchema)}
          save={(text, seen) =>
            save(
              'External ID',
              { externalId: orNull(text) },
              { externalId: row.externalId },
              { externalId: asKept(seen) },
            )
          }
          onUnsaved={hold('external ID')}
        />
      </div>
      <TestGroupSwitch row={row} save={save} />
      <PersonTags row={row} save={save} onUnsaved={hold('tags')} />
      <Attributes row={row} save={save} hold={hold} refusal={refusal(attributeValueSchema)} />
    </section>
  );
}

/** Which fields hold something that is not kept. */
function useHeldFields() {
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  const hold = (field: string) => (isUnsaved: boolean) => {
    setHeld((now) => {
      if (now.has(field) === isUnsaved) return now;
      const next = new Set(now);
      if (isUnsaved) next.add(field);
      else next.delete(field);
      return next;
    });
  };
  return { hold, isHeld: held.size > 0 };
}

const FIELDS = ['label', 'externalId', 'attributes'] as const;
/** What a change makes of the fields that another window may change too. */
const fieldsOf = (change: Change): Fields =>
  Object.fromEntries(FIELDS.filter((name) => name in change).map((name) => [name, change[name]])) as Fields;

/** `seen`: what was there when the person began; `{}`: the change applies whatever is there. */
type Save = (what: string, change: Change, before: Change, seen?: Fields) => Promise<string | null>;

/** Keeps a change and offers to take it back; returns why it was refused, or `null`. */
function useSave({ id }: Subscription): Save {
  const { subscriptions, audience } = useQueries();
  const queryClient = useQueryClient();
  const write = async (change: Change, was: Fields) => {
    await subscriptions.update.call({ id, ...change, was });
    // Done before the field shows what is kept: otherwise it would fall back to the old value.
    await queryClient.invalidateQueries({ queryKey: subscriptions.key() });
    void queryClient.invalidateQueries({ queryKey: audience.key() });
  };
  return async (what, change, before, seen = {}) => {
    try {
      await write(change, seen);
    } catch (error) {
      // The next try is about what is there by now.
      await queryClient.invalidateQueries({ queryKey: subscriptions.key() });
      const { cause, cure } = problemOf(error);
      return `${cause} ${cure}`;
    }
    undoToast(`${what} saved.`, () => {
      void write(before, fieldsOf(change)).catch(tellProblem);
    });
    return null;
  };
}

interface PartProps {
  row: Subscription;
  save: Save;
}

function PersonTags({ row, save, onUnsaved }: PartProps & { onUnsaved: (isUnsaved: boolean) => void }) {
  /** While they are being kept, and where they were refused. */
  const [wanted, setWanted] = useState<string[] | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  return (
    <TagField
      label="Tags"
      placeholder={(wanted ?? row.tags).length === 0 ? 'Add a tag' : ''}
      value={wanted ?? row.tags}
      error={refused}
      onTyped={onUnsaved}
      onChange={(tags) => {
        setWanted(tags);
        setRefused(null);
        const [addTags, removeTags] = [less(tags, row.tags), less(row.tags, tags)];
        void save('Tags', { addTags, removeTags }, { addTags: removeTags, removeTags: addTags }).then(
          (why) => {
            setRefused(why);
            if (why === null) setWanted(null);
          },
        );
      }}
    />
  );
}

const less = (tags: readonly string[], others: readonly string[]) =>
  tags.filter((tag) => !others.includes(tag));

/** It is a tag like any other; the switch is there so that nobody has to know its name. */
function TestGroupSwitch({ row, save }: PartProps) {
  const isTestTag = (tag: string) => tag.toLowerCase() === TEST_GROUP_TAG;
  const isIn = row.tags.some(isTestTag);
  return (
    <Switch
      size="xs"
      label="In my test group"
      checked={isIn}
      onChange={() => {
        const [join, leave] = [{ addTags: [TEST_GROUP_TAG] }, { removeTags: [TEST_GROUP_TAG] }];
        void save('Test group', isIn ? leave : join, isIn ? join : leave);
      }}
    />
  );
}

interface AttributesProps extends PartProps {
  hold: (field: string) => (isUnsaved: boolean) => void;
  refusal: (text: string) => string | null;
}

function Attributes({ row, save, hold, refusal }: AttributesProps) {
  const names = Object.keys(row.attributes).toSorted((one, other) => one.localeCompare(other, 'en'));
  return (
    <div className="pd-attributes" role="group" aria-label="Attributes">
      <span className="pd-attributes__title">Attributes</span>
      {names.map((name) => {
        const value = row.attributes[name] ?? '';
        const before = { attributes: { [name]: value } };
        const remove = (seen: Fields = before) =>
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

function NewAttribute({ row, save, onUnsaved }: PartProps & { onUnsaved: (isUnsaved: boolean) => void }) {
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
