import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { PictureField } from '../../../electron/contract/pictures.ts';
import { noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { Pictures } from './Pictures.tsx';

describe('the pictures of a message', () => {
  it.each<[PictureField[], string]>([
    [['imageUrl'], 'Image can be loaded.'],
    [['iconUrl', 'imageUrl'], 'Icon and image can be loaded.'],
    [['iconUrl', 'badgeUrl', 'imageUrl'], 'Icon, badge and image can be loaded.'],
  ])('that can be loaded are named: %s', (reachable, words) => {
    renderWith(<Pictures check={{ reachable, warnings: [], isOffline: false }} />);
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('that cannot be loaded are a warning, without a connection a remark', () => {
    const warning = {
      code: 'not-found',
      cause: 'The image cannot be loaded.',
      cure: 'Check it.',
      field: 'imageUrl',
    };
    renderWith(<Pictures check={{ reachable: [], warnings: [warning], isOffline: true }} />);
    expect(noticeWith('The image cannot be loaded.').getAttribute('role')).toBe('note');
    expect(screen.getByText('Pictures could not be checked: no connection.')).toBeTruthy();
    expect(screen.queryByText(/can be loaded\.$/)).toBeNull();
  });
});
