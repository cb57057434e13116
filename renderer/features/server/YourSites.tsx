import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { MAX_SITES, readSite } from '../../../electron/contract/site-address.ts';
import { useApi, useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { Form } from '../../ui/Form.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import './server.css';

/** The sites whose pages may subscribe people here. */
export function YourSites() {
  const { queryClient } = useApi();
  const { app } = useQueries();
  const { data: settings } = useQuery(app.settings.queryOptions());
  const { data: info } = useQuery(app.info.queryOptions());
  const holder = info?.settingsFromEnvironment.sites;
  const change = useMutation(
    app.changeSettings.mutationOptions({
      onSuccess: (next) => {
        queryClient.setQueryData(app.settings.queryKey(), next);
      },
    }),
  );
  // What is being typed is kept when the list changes for another reason.
  const [added, setAdded] = useState(0);
  const sites = settings?.sites ?? [];

  return (
    <section className="pd-server-card" aria-labelledby="pd-your-sites">
      <div className="pd-server__line">
        <h2 id="pd-your-sites" className="pd-server-card__title">
          Your sites
        </h2>
      </div>
      <p className="pd-server__note">
        Pages on these sites can subscribe people here. Requests from any other site are refused.
      </p>
      {sites.length > 0 && (
        <ul className="pd-server-card__list">
          {sites.map((site) => (
            <li key={site}>
              <code className="pd-mono pd-cut" title={site}>
                {site}
              </code>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove ${site}`}
                disabled={holder !== undefined || change.isPending}
                onClick={() => {
                  change.mutate({ sites: sites.filter((other) => other !== site), was: { sites } });
                }}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {holder === undefined ? (
        <AddSite
          key={added}
          sites={sites}
          isBusy={change.isPending || settings === undefined}
          onAdd={(site) => {
            change.mutate(
              { sites: [...sites, site], was: { sites } },
              {
                onSuccess: () => {
                  setAdded(added + 1);
                },
              },
            );
          }}
        />
      ) : (
        <p className="pd-server__note">{`Set by ${holder.variable} for this run.`}</p>
      )}
      {change.error && <ProblemNotice problem={problemOf(change.error)} />}
    </section>
  );
}

interface AddSiteProps {
  sites: readonly string[];
  isBusy: boolean;
  onAdd: (site: string) => void;
}

function AddSite({ sites, isBusy, onAdd }: AddSiteProps) {
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  const read = readSite(typed);
  const reason = reasonAgainst(read, sites);
  return (
    <Form
      className="pd-server-card__add"
      onSubmit={() => {
        setTried(true);
        if (read.kind === 'site' && reason === null) onAdd(read.site);
      }}
    >
      <TextInput
        aria-label="Address of a site"
        placeholder="https://shop.example"
        size="xs"
        dir="ltr"
        value={typed}
        error={isTried ? reason : null}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
      <Button type="submit" size="xs" variant="default" loading={isBusy}>
        Add site
      </Button>
    </Form>
  );
}

function reasonAgainst(read: ReturnType<typeof readSite>, sites: readonly string[]): string | null {
  if (read.kind === 'refused') return read.reason;
  if (sites.includes(read.site)) return 'This site is already in the list.';
  return sites.length >= MAX_SITES ? `There can be at most ${MAX_SITES} sites. Remove one first.` : null;
}
