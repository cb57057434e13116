import { Select, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { attributeNameSchema, attributeValueSchema } from '../../electron/contract/people.ts';
import type { AttributeCondition } from '../../electron/contract/subscriptions.ts';
import { attributeLabel } from '../words/attributes.ts';
import { INSIDE, MAX_CHOICES, type EditorProps } from './editor-props.ts';
import { CountedOption } from './CountedOption.tsx';
import { useAttributes, useAttributeValues } from './use-audience.ts';

const OPERATORS = [
  { value: 'anyOf', label: 'is one of' },
  { value: 'noneOf', label: 'is none of' },
  { value: 'set', label: 'is set' },
  { value: 'unset', label: 'is not set' },
] as const;
type Operator = (typeof OPERATORS)[number]['value'];

function operatorOf(condition: AttributeCondition | undefined): Operator {
  if (condition === undefined || 'anyOf' in condition) return 'anyOf';
  if ('noneOf' in condition) return 'noneOf';
  return condition.isSet ? 'set' : 'unset';
}

const valuesOf = (condition: AttributeCondition | undefined): readonly string[] => {
  if (condition === undefined || 'isSet' in condition) return [];
  return 'anyOf' in condition ? condition.anyOf : condition.noneOf;
};

/** `null`: not complete yet. */
function conditionOf(name: string, operator: Operator, values: readonly string[]): AttributeCondition | null {
  if (!attributeNameSchema.safeParse(name).success) return null;
  if (operator === 'set' || operator === 'unset') return { name, isSet: operator === 'set' };
  if (values.length === 0) return null;
  return operator === 'anyOf' ? { name, anyOf: [...values] } : { name, noneOf: [...values] };
}

/** A condition on one attribute, which reaches the filter once it is complete. */
export function AttributeChoice({
  filter,
  onChange,
  index,
  attribute = '',
}: EditorProps & { index: number; attribute: string | undefined }) {
  const given = filter.attributes[index];
  const [name, setName] = useState(given?.name ?? attribute);
  const [operator, setOperator] = useState(operatorOf(given));
  const [values, setValues] = useState(valuesOf(given));
  const known = useAttributes();
  const become = (next: { name?: string; operator?: Operator; values?: readonly string[] }) => {
    const condition = conditionOf(next.name ?? name, next.operator ?? operator, next.values ?? values);
    setName(next.name ?? name);
    setOperator(next.operator ?? operator);
    setValues(next.values ?? values);
    onChange({
      ...filter,
      attributes: [
        ...filter.attributes.slice(0, index),
        ...(condition === null ? [] : [condition]),
        ...filter.attributes.slice(index + 1),
      ],
    });
  };
  return (
    <>
      {attribute === '' && (
        <Select
          label="Attribute"
          data={[...new Set([...known.map((one) => one.name), ...(name === '' ? [] : [name])])].map(
            (value) => ({
              value,
              label: attributeLabel(value),
            }),
          )}
          value={name === '' ? null : name}
          searchable
          nothingFoundMessage="No subscription has such an attribute."
          comboboxProps={INSIDE}
          data-autofocus
          onChange={(next) => {
            become({ name: next ?? '', values: [] });
          }}
        />
      )}
      <Select
        label={attribute === '' ? 'Condition' : attributeLabel(attribute)}
        data={[...OPERATORS]}
        value={operator}
        allowDeselect={false}
        comboboxProps={INSIDE}
        onChange={(next) => {
          if (next !== null) become({ operator: next });
        }}
      />
      {(operator === 'anyOf' || operator === 'noneOf') && (
        <Values
          name={name}
          values={values}
          onChange={(next) => {
            become({ values: next });
          }}
        />
      )}
    </>
  );
}

interface ValuesProps {
  name: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
}

function Values({ name, values, onChange }: ValuesProps) {
  const [typed, setTyped] = useState('');
  const found = useAttributeValues(name, typed.trim().slice(0, 200));
  const counts = new Map(found.map(({ value, count }) => [value, count]));
  // “oslo” as it was typed would find nobody, with “Oslo” on offer right below.
  const asKept = (text: string): string =>
    counts.has(text)
      ? text
      : (found.find(({ value }) => value.toLowerCase() === text.toLowerCase())?.value ?? text);
  return (
    <TagsInput
      label="Values"
      value={[...values]}
      data={found.map(({ value }) => value)}
      // The engine has searched already. As many as fit without scrolling: typing finds the others.
      filter={({ options }) => options.slice(0, 6)}
      searchValue={typed}
      onSearchChange={setTyped}
      splitChars={[]}
      maxTags={MAX_CHOICES}
      comboboxProps={INSIDE}
      data-autofocus
      renderOption={({ option }) => <CountedOption text={option.value} count={counts.get(option.value)} />}
      onChange={(next) => {
        const given = next.filter((value) => attributeValueSchema.safeParse(value).success);
        onChange([...new Set(given.map((value) => (values.includes(value) ? value : asKept(value))))]);
      }}
    />
  );
}
