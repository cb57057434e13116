import { NumberInput, Switch } from '@mantine/core';
import { useState } from 'react';
import { settingsPatchSchema, type Settings } from '../../../electron/contract/app.ts';
import { FormSection } from '../../ui/FormSection.tsx';
import type { ChangeSettings } from './SettingsScreen.tsx';

const portSchema = settingsPatchSchema.shape.serverPort.unwrap();

export function ServerSection({ settings, onChange }: { settings: Settings; onChange: ChangeSettings }) {
  const [port, setPort] = useState<number | string>(settings.serverPort);
  const isValid = portSchema.safeParse(port).success;
  const save = () => {
    if (isValid && port !== settings.serverPort) onChange({ serverPort: portSchema.parse(port) });
  };
  return (
    <FormSection title="Embedded server">
      <Switch
        label="Start with Pushdesk"
        description="Browsers can then subscribe as soon as the window is open."
        checked={settings.serverOn}
        onChange={(event) => {
          onChange({ serverOn: event.currentTarget.checked });
        }}
      />
      <NumberInput
        label="Port"
        description="Taken at the next start of the server. Where another program has it, the next free one is used. Browsers bind a subscription to the address, so a change of port makes them subscribe anew."
        error={isValid ? null : 'Write a number from 1024 to 65535.'}
        className="pd-settings__port"
        hideControls
        allowDecimal={false}
        allowNegative={false}
        value={port}
        onChange={setPort}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
        }}
      />
    </FormSection>
  );
}
