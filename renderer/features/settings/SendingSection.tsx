import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Settings } from '../../../electron/contract/app.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { FormSection } from '../../ui/FormSection.tsx';
import type { ChangeSettings } from './SettingsScreen.tsx';

export function SendingSection({ settings, onChange }: { settings: Settings; onChange: ChangeSettings }) {
  const { data: info } = useQuery(useQueries().app.info.queryOptions());
  const isForced = info?.privateEndpointsAllowed === true && !settings.allowPrivateEndpoints;
  return (
    <FormSection title="Sending">
      <Switch
        label="Allow self-hosted push services"
        description={
          isForced
            ? 'Allowed for this run by PUSHDESK_ALLOW_PRIVATE_ENDPOINTS, whatever stands here.'
            : 'Takes subscriptions whose endpoint is on this machine or in your own network. Leave it off otherwise: an endpoint like that can make Pushdesk call devices in your network.'
        }
        checked={settings.allowPrivateEndpoints}
        onChange={(event) => {
          onChange({ allowPrivateEndpoints: event.currentTarget.checked });
        }}
      />
    </FormSection>
  );
}
