import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import type { DiagnosisAction } from '../../../electron/contract/diagnosis.ts';
import { useIsRehearsal } from '../../api/CampaignSource.tsx';
import { SCREENS } from '../../navigation/screens.ts';

const WAYS: Partial<Record<DiagnosisAction, { label: string; path: string }>> = {
  'fix-subject': { label: 'Open Keys', path: SCREENS.keys.path },
  'choose-key': { label: 'Open Keys', path: SCREENS.keys.path },
  'allow-private-endpoints': { label: 'Open Settings', path: SCREENS.settings.path },
  'ask-to-resubscribe': { label: 'Open Server', path: SCREENS.server.path },
};

/** Leads to the screen where the cure for a diagnosis is found, where there is one. In a rehearsal nothing there needs a cure. */
export function CureButton({ action }: { action: DiagnosisAction }) {
  const [, navigate] = useLocation();
  const isRehearsal = useIsRehearsal();
  const way = WAYS[action];
  if (!way || isRehearsal) return null;
  return (
    <Button
      size="xs"
      variant="default"
      onClick={() => {
        navigate(way.path);
      }}
    >
      {way.label}
    </Button>
  );
}
