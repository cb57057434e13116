import { Button, NumberInput } from '@mantine/core';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keptDaysSchema, type RemovalPreview } from '../../../electron/contract/retention.ts';
import type { Settings } from '../../../electron/contract/settings.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { countOf, formatBytes } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { FormSection } from '../../ui/FormSection.tsx';
import { useKeptField } from '../../ui/use-kept-field.ts';
import { atField, type ChangeSettings } from './change-settings.ts';
import { heldText } from './held-setting.ts';

const RANGE = 'Enter a number of days from 1 to 3,650, or leave it empty.';

/** `undefined`: it is not a number of days. */
const daysOf = (typed: number | string): number | null | undefined =>
  typed === '' ? null : keptDaysSchema.safeParse(typed).data;

/** How long deliveries are kept; says what would be removed before anything is. */
export function RetentionSection({ settings, onChange }: { settings: Settings; onChange: ChangeSettings }) {
  const { app, campaigns } = useQueries();
  const { data: info } = useQuery(app.info.queryOptions());
  const held = heldText(info, 'keepDeliveriesDays');
  const kept = settings.keepDeliveriesDays;
  const field = useKeptField<number | string, number | null>({
    value: kept,
    isSame: (to, value) => daysOf(to) === value,
    check: (to) => (daysOf(to) === undefined ? RANGE : null),
    save: async (to, seen) =>
      atField(await onChange({ keepDeliveriesDays: daysOf(to) }, { keepDeliveriesDays: seen })),
  });
  const [isAsking, setAsking] = useState(false);
  const days = daysOf(field.typed ?? kept ?? '');
  const preview = useQuery(
    campaigns.previewRemoval.queryOptions({ input: typeof days === 'number' ? { days } : skipToken }),
  );
  const words = typeof days === 'number' && preview.data ? removalWords(preview.data) : '';
  const save = () => {
    if (days === undefined || days === kept) return;
    if (days === null) field.keep();
    else setAsking(true);
  };
  return (
    <FormSection title="Storage">
      <Form onSubmit={save} className="pd-settings__retention">
        <NumberInput
          label="Keep deliveries for"
          description={
            held ??
            'Days after a campaign has ended. Older deliveries and their answers are removed; campaigns keep their totals, causes and curve. Leave it empty to keep everything.'
          }
          disabled={held !== null}
          error={days === undefined ? RANGE : field.refusal}
          placeholder="Forever"
          suffix=" days"
          className="pd-settings__number"
          hideControls
          allowDecimal={false}
          allowNegative={false}
          value={field.typed ?? kept ?? ''}
          onChange={field.type}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && field.bringBack()) event.preventDefault();
          }}
        />
        <p className="pd-small pd-soft pd-figures" role="status">
          {words}
        </p>
        <Button
          type="submit"
          size="xs"
          variant="default"
          disabled={held !== null || days === undefined || days === kept}
        >
          Save
        </Button>
      </Form>
      <ConfirmDialog
        opened={isAsking && typeof days === 'number'}
        title="Remove old deliveries?"
        actLabel="Remove old deliveries"
        leaveLabel="Keep everything"
        isDangerous
        onLeave={() => {
          setAsking(false);
        }}
        onAct={() => {
          setAsking(false);
          field.keep();
        }}
      >
        {words} From then on, deliveries go {countOf(days ?? 0, 'day')} after their campaign has ended. This
        can’t be undone.
      </ConfirmDialog>
    </FormSection>
  );
}

function removalWords({ deliveries, campaigns, bytes }: RemovalPreview): string {
  if (deliveries === 0) return 'This would remove nothing right now.';
  return `This would remove ${countOf(deliveries, 'delivery', 'deliveries')} of ${countOf(campaigns, 'campaign')}, about ${formatBytes(bytes)}.`;
}
