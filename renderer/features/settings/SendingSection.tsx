import { CONTROL_LABELS } from '../../../electron/core/text/control-labels.ts';
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { settingsPatchSchema, type Settings } from '../../../electron/contract/settings.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { FormSection } from '../../ui/FormSection.tsx';
import { heldText } from './held-setting.ts';
import { NumberSetting } from './NumberSetting.tsx';
import { atField, type ChangeSettings } from './change-settings.ts';
import { WorkersSetting } from './WorkersSetting.tsx';

const inFlightSchema = settingsPatchSchema.shape.maxInFlight.unwrap();
const delaySchema = settingsPatchSchema.shape.maxStartDelayMinutes.unwrap();
const paceSchema = settingsPatchSchema.shape.messagesPerMinute.unwrap();

export function SendingSection({ settings, onChange }: { settings: Settings; onChange: ChangeSettings }) {
  const { data: info } = useQuery(useQueries().app.info.queryOptions());
  const heldReceipts = heldText(info, 'receipts');
  const heldPrivate = heldText(info, 'allowPrivateEndpoints');
  return (
    <FormSection title="Sending">
      <NumberSetting
        label="Parallel requests per push service"
        description="The most requests at a time. Pushdesk adapts below this limit: more while all goes well, fewer when a service slows down."
        range="Enter a number from 1 to 2,000."
        value={settings.maxInFlight}
        held={heldText(info, 'maxInFlight')}
        isValid={(value) => inFlightSchema.safeParse(value).success}
        onSave={async (value, seen) =>
          atField(
            await onChange(
              { maxInFlight: inFlightSchema.parse(value) },
              { maxInFlight: inFlightSchema.parse(seen) },
            ),
          )
        }
      />
      <NumberSetting
        label="Messages per minute"
        description="Spreads a campaign out so that not everyone opens your site in the same minute. Leave it empty to send as fast as the push services allow."
        range="Enter a whole number from 1 to 1,000,000, or leave it empty."
        placeholder="No limit"
        value={settings.messagesPerMinute}
        held={heldText(info, 'messagesPerMinute')}
        isValid={(value) => paceSchema.safeParse(value).success}
        onSave={async (value, seen) =>
          atField(
            await onChange(
              { messagesPerMinute: paceSchema.parse(value) },
              { messagesPerMinute: paceSchema.parse(seen) },
            ),
          )
        }
      />
      {info?.hasDesktop === false && (
        <NumberSetting
          label="Latest start of a scheduled campaign"
          description="Minutes after its time. If it is later than that, it waits for your decision. Leave it empty to start it however late it is."
          range="Enter a whole number from 5 to 525,600, or leave it empty."
          placeholder="However late"
          value={settings.maxStartDelayMinutes}
          held={heldText(info, 'maxStartDelayMinutes')}
          isValid={(value) => delaySchema.safeParse(value).success}
          onSave={async (value, seen) =>
            atField(
              await onChange(
                { maxStartDelayMinutes: delaySchema.parse(value) },
                { maxStartDelayMinutes: delaySchema.parse(seen) },
              ),
            )
          }
        />
      )}
      <Switch
        label={CONTROL_LABELS.allowPrivateEndpoints}
        description={
          heldPrivate ??
          'Accepts subscriptions whose endpoint is on this machine or your own network. Otherwise leave it off: such an endpoint can make Pushdesk call devices on your network.'
        }
        disabled={heldPrivate !== null}
        checked={settings.allowPrivateEndpoints}
        onChange={(event) => {
          void onChange({ allowPrivateEndpoints: event.currentTarget.checked });
        }}
      />
      <Switch
        label="Receipts"
        description={
          heldReceipts ??
          'Asks service workers to report when a message was received, shown, clicked and closed. For your privacy page: “When you get a notification from us, your browser tells us when it was shown, clicked or closed. We store that and the time, nothing else.”'
        }
        disabled={heldReceipts !== null}
        checked={settings.receipts}
        onChange={(event) => {
          void onChange({ receipts: event.currentTarget.checked });
        }}
      />
      <WorkersSetting settings={settings} heldSendHere={heldText(info, 'sendHere')} onChange={onChange} />
    </FormSection>
  );
}
