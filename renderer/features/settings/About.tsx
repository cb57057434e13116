import { useQuery } from '@tanstack/react-query';
import type { AppInfo } from '../../../electron/contract/app.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { FormSection } from '../../ui/FormSection.tsx';
import { Loaded } from '../../ui/Loaded.tsx';

/** What runs here and where things are stored. */
export function About() {
  const info = useQuery(useQueries().app.info.queryOptions());
  return (
    <FormSection title="About">
      <Loaded of={loadable(info)}>{(data) => <Facts info={data} />}</Loaded>
    </FormSection>
  );
}

function Facts({ info }: { info: AppInfo }) {
  const { node, electron, platform } = info.runtime;
  return (
    <FactList
      facts={[
        ['Version', `Pushdesk ${info.version}`],
        ['Runs on', `${electron === null ? '' : `Electron ${electron}, `}Node ${node}, ${platform}`],
        [
          'Data folder',
          <>
            <span className="pd-mono">{info.dataDir}</span>{' '}
            <CopyButton label="Copy data folder" text={info.dataDir} />
          </>,
        ],
        [
          'Private keys',
          info.keyProtection === 'key-ring'
            ? 'Sealed by the system’s key ring.'
            : 'In a file that only your user account can read.',
        ],
      ]}
    />
  );
}
