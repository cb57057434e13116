import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import type { ButtonFields } from '../../compose-draft/composition.ts';
import { buttonField } from '../../words/message-fields.ts';
import { fieldId } from './fields.ts';
import { InsertVariable } from './variables/InsertVariable.tsx';

interface ButtonRowProps {
  /** From 1. */
  number: number;
  value: ButtonFields;
  titleError: ReactNode;
  urlError: ReactNode;
  onChange: (button: ButtonFields) => void;
}

/** One button of a notification: its text, and what it opens. */
export function ButtonRow({ number, value, titleError, urlError, onChange }: ButtonRowProps) {
  return (
    <div className="pd-compose__pair">
      <TextInput
        id={fieldId(buttonField(number, 'Title'))}
        label={`Button ${number} text`}
        {...TEXT_DIRECTION}
        value={value.title}
        error={titleError}
        onChange={(event) => {
          onChange({ ...value, title: event.currentTarget.value });
        }}
        rightSection={
          <InsertVariable
            field={fieldId(buttonField(number, 'Title'))}
            label={`Button ${number} text`}
            value={value.title}
            onChange={(title) => {
              onChange({ ...value, title });
            }}
          />
        }
      />
      <TextInput
        id={fieldId(buttonField(number, 'Url'))}
        label={`Button ${number} link`}
        placeholder="Same as a click"
        inputMode="url"
        spellCheck={false}
        value={value.url}
        error={urlError}
        onChange={(event) => {
          onChange({ ...value, url: event.currentTarget.value });
        }}
        rightSection={
          <InsertVariable
            field={fieldId(buttonField(number, 'Url'))}
            label={`Button ${number} link`}
            value={value.url}
            onChange={(url) => {
              onChange({ ...value, url });
            }}
          />
        }
      />
    </div>
  );
}
