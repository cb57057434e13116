import { TagsInput, type TagsInputProps } from '@mantine/core';
import { useState } from 'react';
import { MAX_TAGS, tagSchema } from '../../electron/contract/people.ts';
import { TEXT_DIRECTION } from '../ui/text-direction.ts';
import { CountedOption } from './CountedOption.tsx';
import { useTags } from './use-audience.ts';

/** As many as fit without scrolling: typing finds the others. */
const MAX_OFFERED = 6;

interface TagFieldProps extends Pick<TagsInputProps, 'placeholder' | 'description' | 'comboboxProps'> {
  'data-autofocus'?: boolean;
  label: string;
  value: readonly string[];
  onChange: (tags: string[]) => void;
  /** The most that it takes. */
  most?: number;
  /** What the engine refused. */
  error?: string | null;
  onTyped?: (isTyping: boolean) => void;
}

/** Words on subscriptions, with the existing ones offered to mouse and arrow keys. What is refused stays as it was typed. */
export function TagField({ label, value, onChange, most = MAX_TAGS, error = null, ...rest }: TagFieldProps) {
  const { onTyped, ...others } = rest;
  const tags = useTags();
  const counts = new Map(tags.map(({ name, count }) => [name, count]));
  const [typed, setTyped] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isOffering, setOffering] = useState(false);
  const become = (text: string) => {
    setTyped(text);
    onTyped?.(text.trim() !== '');
  };
  const change = (next: string[]) => {
    const added = next.filter((tag) => !value.includes(tag));
    const refused = added.find((tag) => !tagSchema.safeParse(tag).success);
    const why = whyNot(refused, next.length, most);
    setRefusal(why);
    if (why !== null) {
      // After the field has emptied itself.
      setTimeout(() => {
        become(refused ?? added[0] ?? '');
      });
      return;
    }
    // It would lie over what comes next, the button of a dialog for one; typing, a press or an arrow key brings it back.
    if (added.length > 0) setOffering(false);
    onChange(next.map((tag) => tagSchema.parse(tag)));
  };
  return (
    <TagsInput
      {...others}
      {...TEXT_DIRECTION}
      label={label}
      value={[...value]}
      data={tags.map(({ name }) => name)}
      searchValue={typed}
      onSearchChange={(text) => {
        become(text);
        setRefusal(null);
        if (text !== '') setOffering(true);
      }}
      dropdownOpened={isOffering}
      onClick={() => {
        setOffering(true);
      }}
      onDropdownOpen={() => {
        setOffering(true);
      }}
      onDropdownClose={() => {
        setOffering(false);
      }}
      onChange={change}
      error={refusal ?? error}
      limit={MAX_OFFERED}
      clearable={false}
      isDuplicate={(tag, all) => all.some((one) => one.toLowerCase() === tag.trim().toLowerCase())}
      renderOption={({ option }) => <CountedOption text={option.value} count={counts.get(option.value)} />}
    />
  );
}

function whyNot(refused: string | undefined, count: number, most: number): string | null {
  if (refused !== undefined) return tagSchema.safeParse(refused).error?.issues[0]?.message ?? null;
  return count > most ? `Use at most ${most} tags.` : null;
}
