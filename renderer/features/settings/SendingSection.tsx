import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { settingsPatchSchema, type Settings } from '../../../electron/contract/app.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { FormSection } from '../../ui/FormSection.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import type { ChangeSettings } from './SettingsScreen.tsx';

const inFlightSchema = settingsPatchSchema.shape.maxInFlight.unwrap();
const paceSchema = settingsPatchSchema.shape.messagesPerMinute.unwrap();

export function SendingSection({ settings, onChange }: { settings: Settings; onChange: ChangeSettings }) {
  const { data: info } = useQuery(useQueries().app.info.queryOptions());
  const isForced = info?.privateEndpointsAllowed === true && !settings.allowPrivateEndpoints;
  return (
    <FormSection title="Sending">
      <NumberSetting
        key={`in-flight-${settings.maxInFlight}`}
        label="Most messages on the wire at once"
        description="For each push service. Below it the number adapts by itself: more while all goes well, less when a service slows down."
        range="Write a number from 1 to 2000."
        value={settings.maxInFlight}
        isValid={(value) => inFlightSchema.safeParse(value).success}
        onSave={(value) => {
          onChange({ maxInFlight: inFlightSchema.parse(value) });
        }}
      />
      <NumberSetting
        key={`pace-${settings.messagesPerMinute}`}
        label="Messages a minute"
        description="Spreads a campaign out, so that not everybody opens your site in the same minute. Empty: as fast as the push services take them."
        range="Write a whole number from 1 to 1,000,000, or leave it empty."
        placeholder="No limit"
        value={settings.messagesPerMinute}
        isValid={(value) => paceSchema.safeParse(value).success}
        onSave={(value) => {
          onChange({ messagesPerMinute: paceSchema.parse(value) });
        }}
      />
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
