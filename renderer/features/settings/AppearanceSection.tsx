import { Input, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { appearanceSchema, type Settings } from '../../../electron/contract/settings.ts';
import { FormSection } from '../../ui/FormSection.tsx';
import type { ChangeSettings } from './change-settings.ts';

const CHOICES = [
  { value: 'system', label: 'Same as system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function AppearanceSection({ settings, onChange }: { settings: Settings; onChange: ChangeSettings }) {
  const id = useId();
  return (
    <FormSection title="Appearance">
      <Input.Wrapper label="Colours" labelProps={{ id }} labelElement="div">
        <div>
          <SegmentedControl
            aria-labelledby={id}
            data={CHOICES}
            value={settings.appearance}
            onChange={(value) => {
              onChange({ appearance: appearanceSchema.parse(value) });
            }}
          />
        </div>
      </Input.Wrapper>
    </FormSection>
  );
}
