import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Template } from '../../../../electron/contract/templates.ts';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { InlineText } from '../../../ui/InlineText.tsx';
import { toast } from '../../../ui/toast.ts';
import { undoToast } from '../../../ui/undo-toast.tsx';

type Named = Omit<Template, 'message'>;

interface ManageTemplatesDialogProps {
  templates: readonly Named[];
  onClose: () => void;
}

const tell = (error: unknown) => {
  const { cause, cure } = problemOf(error);
  toast(`${cause} ${cure}`);
};

/** The names of all templates, and the way to take them off the list. */
export function ManageTemplatesDialog({ templates, onClose }: ManageTemplatesDialogProps) {
  return (
    <Dialog title="Manage templates" opened keepsTyped={false} onClose={onClose}>
      {templates.length === 0 ? (
        <p className="pd-soft">No templates yet.</p>
      ) : (
        <ul className="pd-templates">
          {templates.map((template) => (
            <TemplateRow key={template.id} template={template} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function TemplateRow({ template: { id, name } }: { template: Named }) {
  const { templates } = useQueries();
  const remove = useMutation({
    mutationFn: () => templates.remove.call({ id }),
    onSuccess() {
      undoToast('Template deleted.', () => {
        templates.restore.call({ id }).catch(tell);
      });
    },
    onError: tell,
  });
  return (
    <li className="pd-templates__row">
      <InlineText
        label={`Name of ${name}`}
        hidesLabel
        value={name}
        check={(text) =>
          text.trim() === '' || text.trim().length > 80 ? 'Enter a name of up to 80 characters.' : null
        }
        save={async (text, seen) => {
          try {
            await templates.update.call({ id, name: text, was: { name: seen } });
            return null;
          } catch (error) {
            return problemOf(error).cause;
          }
        }}
        onUnsaved={() => undefined}
      />
      <Button
        size="xs"
        variant="default"
        aria-label={`Delete ${name}`}
        loading={remove.isPending}
        onClick={() => {
          remove.mutate();
        }}
      >
        Delete
      </Button>
    </li>
  );
}
