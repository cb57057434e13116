import { Button, NumberInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CanaryRules } from '../../../electron/contract/canary.ts';
import type { Message } from '../../../electron/contract/message.ts';
import {
  MAX_DEVICES,
  MIN_DEVICES,
  type RehearsalFaults,
  type ServiceMix,
} from '../../../electron/contract/rehearsal.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { formatCount } from '../../format/numbers.ts';
import { DialogButtons } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { FormSection } from '../../ui/FormSection.tsx';
import { useHeldWork } from '../../ui/held-work.ts';
import { Notice } from '../../ui/Notice.tsx';
import {
  ANSWER_FAULTS,
  DEVICE_FAULTS,
  faultErrors,
  ORDINARY_FAULTS,
  takesLong,
  type FaultField,
} from './fault-fields.ts';
import type { FaultPreset } from './fault-presets.ts';
import { FaultSlider } from './FaultSlider.tsx';
import { PresetPicker } from './PresetPicker.tsx';
import './rehearsal.css';

const PRESETS = [100, 1000, 10_000, 100_000, 1_000_000];
const DEFAULT_DEVICES = 1000;

interface RehearsalFormProps {
  message: Message;
  /** Who goes first; `null`: all at once. */
  canary: CanaryRules | null;
  onStarted: () => void;
}

/** How many virtual devices, and what goes wrong with them. */
export function RehearsalForm({ message, canary, onStarted }: RehearsalFormProps) {
  const [devices, setDevices] = useState<number | ''>(DEFAULT_DEVICES);
  const [faults, setFaults] = useState<RehearsalFaults>(ORDINARY_FAULTS);
  const [services, setServices] = useState<readonly ServiceMix[]>([]);
  const [preset, setPreset] = useState<FaultPreset>('typical');
  const begin = useMutation(useQueries().rehearsal.start.mutationOptions({ onSuccess: onStarted }));
  const errors = faultErrors(faults);
  const isCountRight = devices !== '' && devices >= MIN_DEVICES && devices <= MAX_DEVICES;
  const isChanged = devices !== DEFAULT_DEVICES || faults !== ORDINARY_FAULTS;
  useHeldWork(isChanged && !begin.isSuccess ? 'Discard these settings?' : null);
  const sliders = (fields: readonly FaultField[]) =>
    fields.map((field) => (
      <FaultSlider
        key={field.name}
        field={field}
        value={faults[field.name]}
        error={errors[field.name]}
        onChange={(value) => {
          setFaults((now) => ({ ...now, [field.name]: value }));
          setServices([]);
          setPreset('own');
        }}
      />
    ));

  return (
    <Form
      className="pd-rehearse"
      onSubmit={() => {
        if (isCountRight && Object.keys(errors).length === 0)
          begin.mutate({
            message,
            devices,
            faults,
            services: [...services],
            ...(canary === null ? {} : { canary }),
          });
      }}
    >
      <div className="pd-rehearse__devices">
        <NumberInput
          label="Virtual devices"
          data-autofocus
          autoFocus
          min={MIN_DEVICES}
          max={MAX_DEVICES}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          error={
            !isCountRight && `Enter a number from ${formatCount(MIN_DEVICES)} to ${formatCount(MAX_DEVICES)}.`
          }
          value={devices}
          onChange={(value) => {
            setDevices(typeof value === 'number' ? value : '');
          }}
        />
        <div className="pd-rehearse__presets">
          {PRESETS.map((count) => (
            <Button
              key={count}
              size="xs"
              variant={count === devices ? 'light' : 'subtle'}
              color={count === devices ? 'accent' : 'gray'}
              onClick={() => {
                setDevices(count);
              }}
            >
              {formatCount(count)}
            </Button>
          ))}
        </div>
      </div>
      <PresetPicker
        preset={preset}
        onChange={(chosen, set, mixes) => {
          setPreset(chosen);
          setServices(mixes);
          if (set !== null) setFaults(set);
        }}
      />
      <FormSection title="Device problems" note="Share of devices">
        {sliders(DEVICE_FAULTS)}
      </FormSection>
      <FormSection title="Delivery problems" note="Share of requests, including retries">
        {sliders(ANSWER_FAULTS)}
      </FormSection>
      {takesLong(faults) && (
        <Notice
          tone="warn"
          cause="This can take hours."
          cure="Most requests will fail, and each retry waits longer than the last. You can pause or end it at any time."
        />
      )}
      <DialogButtons problem={begin.error && problemOf(begin.error)}>
        <Button type="submit" loading={begin.isPending}>
          Start rehearsal
        </Button>
      </DialogButtons>
    </Form>
  );
}
