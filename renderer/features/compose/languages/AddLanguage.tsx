import { Autocomplete, Button, Popover } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { canonicalLanguage, faultOfLanguage } from '../../../compose-draft/languages.ts';
import { CountedOption } from '../../../audience/CountedOption.tsx';
import { INSIDE } from '../../../audience/editor-props.ts';
import { useAttributeValues } from '../../../audience/use-audience.ts';
import { languageName } from '../../../../electron/core/text/language-name.ts';

interface AddLanguageProps {
  /** Those that the message has. */
  there: readonly string[];
  onAdd: (language: string) => void;
}

/** Asks for a language; those of the subscriptions are offered. */
export function AddLanguage({ there, onAdd }: AddLanguageProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="bottom-start"
      width={320}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Button
          className="pd-compose__more"
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          Add a language
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Add a language">
        <Question
          there={there}
          onAdd={(language) => {
            setIsOpen(false);
            onAdd(language);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Question({ there, onAdd }: AddLanguageProps) {
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const counts = new Map<string, number>();
  for (const { value, count } of useAttributeValues('language', '')) {
    const tag = canonicalLanguage(value);
    if (tag !== null && faultOfLanguage(tag, there) === null) counts.set(tag, (counts.get(tag) ?? 0) + count);
  }
  const add = () => {
    const tag = canonicalLanguage(typed);
    const why = faultOfLanguage(typed, there);
    setFault(why);
    if (why === null && tag !== null) onAdd(tag);
  };
  return (
    <form
      className="pd-languages__question"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        add();
      }}
    >
      <Autocomplete
        label="Language tag"
        description="Such as de, pt-BR or zh-Hant."
        data-autofocus
        // What is offered opens at once, below the field.
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        data={[...counts.keys()]}
        filter={({ options, search }) => {
          const sought = search.trim().toLowerCase();
          return options
            .filter((one) => {
              const tag = 'value' in one ? one.value : '';
              return `${tag} ${languageName(tag)}`.toLowerCase().includes(sought);
            })
            .slice(0, 6);
        }}
        spellCheck={false}
        autoCapitalize="none"
        comboboxProps={INSIDE}
        renderOption={({ option }) => (
          <CountedOption
            text={`${languageName(option.value)} (${option.value})`}
            count={counts.get(option.value)}
          />
        )}
        value={typed}
        error={fault}
        onChange={(next) => {
          setTyped(next);
          setFault(null);
        }}
      />
      <Button type="submit" size="xs">
        Add
      </Button>
    </form>
  );
}
