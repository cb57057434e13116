import { Button } from '@mantine/core';
import { IconWorldDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { MessageFields } from '../../../compose-draft/composition.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { languageName } from '../../../../electron/core/text/language-name.ts';
import { FillFromPageForm } from './FillFromPageForm.tsx';

interface FillFromPageProps {
  /** Those of the language that is filled. */
  fields: MessageFields;
  /** Empty: the default. */
  language: string;
  onFill: (change: Partial<MessageFields>) => void;
}

/** Takes title, body, link and image from a page that the message is about. */
export function FillFromPage({ fields, language, onFill }: FillFromPageProps) {
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <Button
        className="pd-autofill__open"
        size="xs"
        variant="default"
        leftSection={<IconWorldDownload size={15} aria-hidden />}
        onClick={() => {
          setOpen(true);
        }}
      >
        Fill from a page
      </Button>
      <Dialog title="Fill from a page" opened={isOpen} onClose={close} keepsTyped={false} size={560}>
        {language !== '' && (
          <p className="pd-soft pd-autofill__language">
            Fills the texts in {languageName(language)}. The image is the same in every language.
          </p>
        )}
        {isOpen && (
          <FillFromPageForm
            fields={fields}
            onClose={close}
            onFill={(change) => {
              onFill(change);
              close();
            }}
          />
        )}
      </Dialog>
    </>
  );
}
