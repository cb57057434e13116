import { freeName } from '../../../electron/core/keys/free-name.ts';
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { KeyPairId } from '../../../electron/contract/ids.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import type { PanelHandle } from '../../ui/SidePanel.tsx';
import { GenerateKeysDialog } from './GenerateKeysDialog.tsx';
import { ImportKeysDialog } from './ImportKeysDialog.tsx';
import { KeyNotices } from './KeyNotices.tsx';
import { KeyPanel } from './KeyPanel.tsx';
import { KeyTable } from './KeyTable.tsx';
import { ReplaceKeyDialog } from './ReplaceKeyDialog.tsx';
import { RotationNotices } from './RotationNotices.tsx';
import { useAsked } from '../../navigation/use-asked.ts';

type OpenDialog = 'generate' | 'import' | 'replace' | null;

export function KeysScreen() {
  const list = useQuery(useQueries().keys.list.queryOptions());
  const [dialog, setDialog] = useState<OpenDialog>(useAsked('generate') ? 'generate' : null);
  const [openId, setOpenId] = useState<KeyPairId | null>(null);
  const panel = useRef<PanelHandle>(null);
  const open = list.data?.find((pair) => pair.id === openId);
  const pairs = list.data ?? [];
  const inUse = pairs.find((pair) => pair.inUse);
  const suggestedName = freeName(
    'My site',
    pairs.map((pair) => pair.name),
  );
  const close = () => {
    setDialog(null);
  };
  /** What is being edited is not replaced without asking. */
  const show = ({ id }: { id: KeyPairId }) => {
    const next = () => {
      setOpenId(id);
    };
    if (panel.current === null) next();
    else if (id !== openId) panel.current.leaveFor(next);
  };
  const done = (pair: { id: KeyPairId }) => {
    close();
    show(pair);
  };

  return (
    <Page
      title={SCREENS.keys.name}
      purpose={SCREENS.keys.purpose}
      layout="fill"
      notices={
        <>
          <KeyNotices
            pairs={pairs}
            onImport={() => {
              setDialog('import');
            }}
          />
          <RotationNotices />
        </>
      }
      actions={
        <>
          <Button
            variant="default"
            onClick={() => {
              setDialog('import');
            }}
          >
            Import keys
          </Button>
          <Button
            onClick={() => {
              setDialog('generate');
            }}
          >
            Generate keys
          </Button>
        </>
      }
      panel={
        open && (
          <KeyPanel
            key={open.id}
            ref={panel}
            pair={open}
            hasOthers={pairs.length > 1}
            onReplace={() => {
              setDialog('replace');
            }}
            onImport={() => {
              setDialog('import');
            }}
            onClose={() => {
              setOpenId(null);
            }}
          />
        )
      }
    >
      <Loaded of={loadable(list)}>
        {(listed) =>
          listed.length === 0 ? <NoKeys /> : <KeyTable pairs={listed} openId={openId} onOpen={show} />
        }
      </Loaded>
      <GenerateKeysDialog
        opened={dialog === 'generate'}
        pairs={pairs}
        suggestedName={suggestedName}
        onClose={close}
        onDone={done}
      />
      <ImportKeysDialog
        opened={dialog === 'import'}
        suggestedName={suggestedName}
        onClose={close}
        onDone={done}
      />
      {inUse && (
        <ReplaceKeyDialog
          opened={dialog === 'replace'}
          pair={inUse}
          pairs={pairs}
          suggestedName={suggestedName}
          onClose={close}
        />
      )}
    </Page>
  );
}

function NoKeys() {
  return (
    <EmptyState icon={IconKey} title="No keys yet">
      <p>
        Browsers bind a subscription to your public key, and push services check each message against it. One
        key pair is enough for a site, and it stays the same for years.
      </p>
      <p>Generate one with the button above, or import the one that your site already uses.</p>
    </EmptyState>
  );
}
