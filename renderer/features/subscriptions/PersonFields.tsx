import { Switch } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import {
  attributeValueSchema,
  externalIdSchema,
  labelSchema,
  TEST_GROUP_TAG,
} from '../../../electron/contract/people.ts';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { TagField } from '../../audience/TagField.tsx';
import { useHeldWork } from '../../ui/held-work.ts';
import { InlineText } from '../../ui/InlineText.tsx';
import { Attributes } from './PersonAttributes.tsx';
import { useSavePerson, type PersonPart } from './use-save-person.ts';
import './person.css';

/** What the owner knows about the person who subscribed; kept as each field is left, with a way back. */
export function PersonFields({ row }: { row: Subscription }) {
  const { hold, isHeld } = useHeldFields();
  useHeldWork(isHeld ? 'Discard what you typed?' : null);
  const save = useSavePerson(row);
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

function PersonTags({ row, save, onUnsaved }: PersonPart & { onUnsaved: (isUnsaved: boolean) => void }) {
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
function TestGroupSwitch({ row, save }: PersonPart) {
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
