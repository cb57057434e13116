import { Button, Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { TemplateId } from '../../../../electron/contract/ids.ts';
import { visibleOwnText } from '../../../../electron/core/text/visible-text.ts';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';
import { useDrafts } from '../../../compose-draft/use-draft.ts';
import { SCREENS } from '../../../navigation/screens.ts';
import { toast } from '../../../ui/toast.ts';
import { ManageTemplatesDialog } from './ManageTemplatesDialog.tsx';
import { SaveTemplateDialog } from './SaveTemplateDialog.tsx';

interface TemplatesMenuProps {
  /** What is in Compose now. */
  message: () => Record<string, unknown>;
  /** There is something to save. */
  canSave: boolean;
  icon: ReactNode;
}

/** Messages that are kept to start from: a new draft from one, this message as one. */
export function TemplatesMenu({ message, canSave, icon }: TemplatesMenuProps) {
  const { templates } = useQueries();
  const { begin } = useDrafts();
  const [, navigate] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const list = useQuery({ ...templates.list.queryOptions(), enabled: isOpen || dialog !== null });
  const items = list.data?.items ?? [];
  const start = useMutation({
    mutationFn: async (id: TemplateId) => begin({ message: (await templates.get.call({ id })).message }),
    onSuccess: () => {
      navigate(SCREENS.compose.path, { replace: true });
    },
    onError(error) {
      const { cause, cure } = problemOf(error);
      toast(`${cause} ${cure}`);
    },
  });
  const close = () => {
    setDialog(null);
  };
  return (
    <>
      <Menu opened={isOpen} onChange={setOpen} position="bottom-end" width={280}>
        <Menu.Target>
          <Button variant="subtle" color="gray" size="compact-sm" leftSection={icon}>
            Templates
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            disabled={!canSave}
            onClick={() => {
              setDialog('save');
            }}
          >
            Save as template
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>Start from a template</Menu.Label>
          <div className="pd-draft-bar__list">
            {items.map(({ id, name }) => (
              <Menu.Item
                key={id}
                onClick={() => {
                  start.mutate(id);
                }}
              >
                <bdi>{visibleOwnText(name)}</bdi>
              </Menu.Item>
            ))}
          </div>
          {list.isSuccess && items.length === 0 && <Menu.Item disabled>No templates yet</Menu.Item>}
          {items.length > 0 && (
            <>
              <Menu.Divider />
              <Menu.Item
                onClick={() => {
                  setDialog('manage');
                }}
              >
                Manage templates
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'save' && <SaveTemplateDialog message={message()} known={items} onClose={close} />}
      {dialog === 'manage' && <ManageTemplatesDialog templates={items} onClose={close} />}
    </>
  );
}
