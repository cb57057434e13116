import { IconPhotoCheck, IconPlugConnectedX } from '@tabler/icons-react';
import type { PictureCheck, PictureField } from '../../../electron/contract/pictures.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

const NAMES: Record<PictureField, string> = { iconUrl: 'Icon', badgeUrl: 'Badge', imageUrl: 'Image' };

/** Whether browsers will find the pictures: what can be loaded in one quiet line, what cannot with cause and cure. */
export function Pictures({ check }: { check: PictureCheck | undefined }) {
  if (!check) return null;
  const { reachable, warnings, isOffline } = check;
  return (
    <>
      {reachable.length > 0 && (
        <p className="pd-pictures pd-small pd-soft">
          <IconPhotoCheck size={15} aria-hidden />
          {listOf(reachable.map((field) => NAMES[field]))} can be loaded.
        </p>
      )}
      {isOffline && (
        <p className="pd-pictures pd-small pd-soft">
          <IconPlugConnectedX size={15} aria-hidden />
          Pictures could not be checked: no connection.
        </p>
      )}
      {warnings.map((warning) => (
        <ProblemNotice key={warning.code + (warning.field ?? '')} problem={warning} tone="warn" />
      ))}
    </>
  );
}

/** `Icon`, `Icon and image`, `Icon, badge and image`. */
function listOf(names: readonly string[]): string {
  const words = names.map((name, index) => (index === 0 ? name : name.toLowerCase()));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
