import { ActionIcon, Menu } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { CountedOption } from '../../../audience/CountedOption.tsx';
import { useAttributes } from '../../../audience/use-audience.ts';
import { attributeLabel } from '../../../words/attributes.ts';

interface InsertVariableProps {
  /** The id of the input that it writes into, and the input's label. */
  field: string;
  label: string;
  value: string;
  /** It is JSON, in which a variable is inside a string. */
  isJson?: boolean;
  onChange: (value: string) => void;
}

const BUILT_IN = [
  { name: 'label', text: 'Label' },
  { name: 'externalId', text: 'External ID' },
  { name: 'tags', text: 'Tags' },
];

type TextInput = HTMLInputElement | HTMLTextAreaElement;
const inputOf = (field: string) => document.getElementById(field) as TextInput | null;

/** Puts a variable where the caret of a text field is, in place of what is selected. */
export function InsertVariable({ field, label, value, isJson = false, onChange }: InsertVariableProps) {
  const [caret, setCaret] = useState<{ at: number } | null>(null);
  // Only once the variable is in the field.
  useEffect(() => {
    if (caret === null) return;
    inputOf(field)?.focus();
    inputOf(field)?.setSelectionRange(caret.at, caret.at);
  }, [caret, field]);
  const insert = (name: string) => {
    const input = inputOf(field);
    const start = input?.selectionStart ?? value.length;
    const end = input?.selectionEnd ?? start;
    const variable = `{{${name}}}`;
    const text = isJson && value.trim() === '' ? JSON.stringify({ [name]: variable }) : variable;
    onChange(value.slice(0, start) + text + value.slice(end));
    setCaret({ at: start + text.length });
  };
  return (
    <Menu position="bottom-end" width={260} returnFocus={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Insert a variable into ${label}`}>
          <IconBraces size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={300} style={{ overflowY: 'auto' }}>
        <Variables onChoose={insert} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Attributes that there are, the most frequent first, then what every subscription may have. */
function Variables({ onChoose }: { onChoose: (name: string) => void }) {
  const known = useAttributes().toSorted((one, other) => other.count - one.count);
  const language = known.some(({ name }) => name === 'language') ? [] : [{ name: 'language', count: 0 }];
  return (
    <>
      <Menu.Label>Attributes, and how many have each</Menu.Label>
      {[...known, ...language].map(({ name, count }) => (
        <Menu.Item
          key={name}
          onClick={() => {
            onChoose(name);
          }}
        >
          <CountedOption text={attributeLabel(name)} count={count} />
        </Menu.Item>
      ))}
      <Menu.Divider />
      {BUILT_IN.map(({ name, text }) => (
        <Menu.Item
          key={name}
          onClick={() => {
            onChoose(name);
          }}
        >
          {text}
        </Menu.Item>
      ))}
    </>
  );
}
