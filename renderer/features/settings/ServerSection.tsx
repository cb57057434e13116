import { Switch } from '@mantine/core';
import { settingsPatchSchema, type Settings } from '../../../electron/contract/settings.ts';
import { FormSection } from '../../ui/FormSection.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import type { ChangeSettings } from './change-settings.ts';

const portSchema = settingsPatchSchema.shape.serverPort.unwrap();

export function ServerSection({ settings, onChange }: { settings: Settings; onChange: ChangeSettings }) {
  return (
    <FormSection title="Embedded server">
      <Switch
        label="Start with Pushdesk"
        description="Browsers can subscribe as soon as Pushdesk is open."
        checked={settings.serverOn}
        onChange={(event) => {
          onChange({ serverOn: event.currentTarget.checked });
        }}
      />
      <NumberSetting
        key={settings.serverPort}
        label="Port"
        description="Applies after a server restart. If the port is busy, the next free one is used. Browsers tie a subscription to the address, so after a change of port they have to subscribe again."
        range="Enter a number from 1024 to 65535."
        value={settings.serverPort}
        isValid={(value) => portSchema.safeParse(value).success}
        onSave={(value) => {
          onChange({ serverPort: portSchema.parse(value) });
        }}
      />
    </FormSection>
  );
}
