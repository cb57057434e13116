import { createContext, use, type ReactNode } from 'react';
import { useQueries } from './ApiProvider.tsx';
import type { EngineQueries } from './topics.ts';

type Source = 'real' | 'rehearsal';

/** What there is to read and do about one campaign, wherever it lives. */
type CampaignQueries = EngineQueries['rehearsal']['campaigns'];

const SourceContext = createContext<Source>('real');

/** Says where the campaigns of all that is inside live: sends to people, or the rehearsal, which has a store of its own. */
export function CampaignSource({ of, children }: { of: Source; children: ReactNode }) {
  return <SourceContext value={of}>{children}</SourceContext>;
}

export function useCampaigns(): CampaignQueries {
  const { campaigns, rehearsal } = useQueries();
  return use(SourceContext) === 'rehearsal' ? rehearsal.campaigns : campaigns;
}

export const useIsRehearsal = (): boolean => use(SourceContext) === 'rehearsal';
