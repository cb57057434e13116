import { Input, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { appearanceSchema, type Settings } from '../../../electron/contract/settings.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { FormSection } from '../../ui/FormSection.tsx';
import type { ChangeSettings } from './change-settings.ts';
import { heldText } from './held-setting.ts';

const CHOICES = [
  { value: 'system', label: 'Same as system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function AppearanceSection({ settings, onChange }: { settings: Settings; onChange: ChangeSettings }) {
  const id = useId();
  const { data: info } = useQuery(useQueries().app.info.queryOptions());
  const held = heldText(info, 'appearance');
  return (
    <FormSection title="Appearance">
      <Input.Wrapper label="Colours" labelProps={{ id }} labelElement="div" description={held}>
        <div>
          <SegmentedControl
            aria-labelledby={id}
            data={CHOICES}
            disabled={held !== null}
            value={settings.appearance}
            onChange={(value) => {
              void onChange({ appearance: appearanceSchema.parse(value) });
            }}
          />
        </div>
      </Input.Wrapper>
    </FormSection>
  );
}
