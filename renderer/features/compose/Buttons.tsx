import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { MAX_ACTIONS, SHOWN_ACTIONS } from '../../../electron/contract/message.ts';
import { buttonField } from '../../words/message-fields.ts';
import type { FieldsProps } from './field-props.tsx';
import { ButtonRow } from './ButtonRow.tsx';

/** The buttons of a notification; more than browsers show are kept. */
export function Buttons({ fields, errors, set }: FieldsProps) {
  const { actions } = fields;
  return (
    <>
      {actions.map((action, index) => (
        <ButtonRow
          key={index}
          number={index + 1}
          value={action}
          titleError={errors[buttonField(index + 1, 'Title')]}
          urlError={errors[buttonField(index + 1, 'Url')]}
          onChange={(button) => {
            set({ actions: actions.with(index, button) });
          }}
        />
      ))}
      {actions.length > SHOWN_ACTIONS && (
        <p className="pd-compose__remark">
          Browsers show at most two buttons, some only one or none. The others stay in the message.
        </p>
      )}
      {actions.length < MAX_ACTIONS && (
        <Button
          className="pd-compose__more"
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            set({ actions: [...actions, { title: '', url: '' }] });
          }}
        >
          Add a button
        </Button>
      )}
    </>
  );
}
