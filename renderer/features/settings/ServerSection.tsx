import { Switch } from '@mantine/core';
import { settingsPatchSchema, type Settings } from '../../../electron/contract/app.ts';
import { FormSection } from '../../ui/FormSection.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import type { ChangeSettings } from './SettingsScreen.tsx';

const portSchema = settingsPatchSchema.shape.serverPort.unwrap();

export function ServerSection({ settings, onChange }: { settings: Settings; onChange: ChangeSettings }) {
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
      <NumberSetting
        key={settings.serverPort}
        label="Port"
        description="Taken at the next start of the server. Where another program has it, the next free one is used. Browsers bind a subscription to the address, so a change of port makes them subscribe anew."
        range="Write a number from 1024 to 65535."
        value={settings.serverPort}
        isValid={(value) => portSchema.safeParse(value).success}
        onSave={(value) => {
          onChange({ serverPort: portSchema.parse(value) });
        }}
      />
    </FormSection>
  );
}
