import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { settingsPatchSchema, type Settings } from '../../../electron/contract/settings.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { FormSection } from '../../ui/FormSection.tsx';
import { heldText } from './held-setting.ts';
import { NumberSetting } from './NumberSetting.tsx';
import { atField, type ChangeSettings } from './change-settings.ts';

const portSchema = settingsPatchSchema.shape.serverPort.unwrap();

export function ServerSection({ settings, onChange }: { settings: Settings; onChange: ChangeSettings }) {
  const { data: info } = useQuery(useQueries().app.info.queryOptions());
  const heldStart = heldText(info, 'serverOn');
  return (
    <FormSection title="Embedded server">
      <Switch
        label="Start with Pushdesk"
        description={heldStart ?? 'Browsers can subscribe as soon as Pushdesk is open.'}
        disabled={heldStart !== null}
        checked={settings.serverOn}
        onChange={(event) => {
          void onChange({ serverOn: event.currentTarget.checked });
        }}
      />
      <NumberSetting
        label="Port"
        description="Applies after a server restart. If the port is busy, the next free one is used. Browsers tie a subscription to the address, so after a change of port they have to subscribe again."
        range="Enter a number from 1024 to 65535."
        value={settings.serverPort}
        held={heldText(info, 'serverPort')}
        isValid={(value) => portSchema.safeParse(value).success}
        onSave={async (value, seen) =>
          atField(
            await onChange({ serverPort: portSchema.parse(value) }, { serverPort: portSchema.parse(seen) }),
          )
        }
      />
    </FormSection>
  );
}
