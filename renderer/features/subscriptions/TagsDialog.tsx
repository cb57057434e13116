import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { tagSchema } from '../../../electron/contract/people.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { useTags } from '../../audience/use-audience.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import { toast } from '../../ui/toast.ts';
import { undoToast } from '../../ui/undo-toast.tsx';
import { tellProblem, useActs } from './use-acts.ts';

/** How many tags are listed at once; others are found by typing. */
const MOST = 100;

interface TagsDialogProps {
  opened: boolean;
  /** Lists who has a tag. */
  onShow: (tag: string) => void;
  onClose: () => void;
}

/** All tags: to be found, renamed and removed everywhere. */
export function TagsDialog({ opened, onShow, onClose }: TagsDialogProps) {
  return (
    <Dialog title="Tags" opened={opened} onClose={onClose} size={520} keepsTyped={false}>
      <AllTags onShow={onShow} />
    </Dialog>
  );
}

function AllTags({ onShow }: Pick<TagsDialogProps, 'onShow'>) {
  const tags = useTags();
  const [search, setSearch] = useState('');
  const [renaming, setRenaming] = useState<string | null>(null);
  const { removeTag } = useActs();
  const found = tags.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <>
      <TextInput
        aria-label="Search tags"
        placeholder="Search tags"
        {...TEXT_DIRECTION}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
        }}
      />
      {found.length === 0 ? (
        <p className="pd-soft" role="status">
          {tags.length === 0 ? 'No subscription has a tag.' : `No tag contains “${search.trim()}”.`}
        </p>
      ) : (
        <ul className="pd-tags-list" aria-label="Tags">
          {found.slice(0, MOST).map(({ name, count }) => (
            <li key={name} className="pd-tags-list__row">
              {renaming === name ? (
                <RenameTag
                  name={name}
                  taken={tags.map((tag) => tag.name)}
                  onDone={() => {
                    setRenaming(null);
                  }}
                />
              ) : (
                <>
                  <button
                    type="button"
                    className="pd-tags-list__name pd-cut"
                    title={name}
                    aria-label={`Show who has ${name}`}
                    onClick={() => {
                      onShow(name);
                    }}
                  >
                    <bdi>{name}</bdi>
                  </button>
                  <span className="pd-soft pd-figures">{formatCount(count)}</span>
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-label={`Rename ${name}`}
                    onClick={() => {
                      setRenaming(name);
                    }}
                  >
                    Rename
                  </Button>
                  <Button
                    size="xs"
                    variant="subtle"
                    color="red"
                    aria-label={`Remove ${name} from all`}
                    onClick={() => void removeTag(name)}
                  >
                    Remove
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {found.length > MOST && (
        <p className="pd-soft">
          The first {formatCount(MOST)} of {countOf(found.length, 'tag')}. Type to find the others.
        </p>
      )}
    </>
  );
}

interface RenameTagProps {
  name: string;
  taken: readonly string[];
  onDone: () => void;
}

function RenameTag({ name, taken, onDone }: RenameTagProps) {
  const { tags } = useQueries().audience;
  const { readAgain } = useActs();
  const [to, setTo] = useState(name);
  const [wrong, setWrong] = useState<string | null>(null);
  const clean = to.trim().toLowerCase();
  const joins = taken.find((tag) => tag !== name && tag.toLowerCase() === clean);
  const renaming = useMutation({
    mutationFn: (wanted: string) => tags.rename.call({ name, to: wanted }),
    onSuccess: async (renamed) => {
      await readAgain();
      onDone();
      const told = `“${name}” is now “${renamed.name}”, on ${countOf(renamed.count, 'subscription')}.`;
      // Once two tags have become one, nobody knows any more who had which.
      if (joins !== undefined) toast(told);
      else
        undoToast(told, () => {
          tags.rename.call({ name: renamed.name, to: name }).then(readAgain, tellProblem);
        });
    },
    onError: (error) => {
      const { cause, cure } = problemOf(error);
      setWrong(`${cause} ${cure}`);
    },
  });
  return (
    <form
      className="pd-tags-list__rename"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const checked = tagSchema.safeParse(to);
        setWrong(checked.error?.issues[0]?.message ?? null);
        if (checked.data === name) onDone();
        else if (checked.success) renaming.mutate(checked.data);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The key is not meant for the dialog around it.
        event.stopPropagation();
        onDone();
      }}
    >
      <TextInput
        size="xs"
        aria-label={`New name of ${name}`}
        {...TEXT_DIRECTION}
        autoFocus
        value={to}
        error={wrong}
        description={joins === undefined ? undefined : `“${joins}” already exists: the two become one tag.`}
        onChange={(event) => {
          setTo(event.currentTarget.value);
          setWrong(null);
        }}
      />
      <Button size="xs" variant="default" onClick={onDone}>
        Cancel
      </Button>
      <Button size="xs" type="submit" loading={renaming.isPending}>
        {joins === undefined ? 'Rename' : 'Merge'}
      </Button>
    </form>
  );
}
