import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useScreenName } from './screen-name.ts';
import { visibleOwnText } from '../../electron/core/text/visible-text.ts';
import { shown } from './shown.ts';
import './page.css';

export interface PageProps {
  title: string;
  purpose: ReactNode;
  /** The primary action, and what is beside it. */
  actions?: ReactNode;
  /** For a form: Tab reaches the actions after the content, though they are in the head. */
  actionsLast?: boolean;
  /** Notices that concern the whole page. */
  notices?: ReactNode;
  /** A row of filters or tabs under the header that stays in place. */
  toolbar?: ReactNode;
  /** `fill`: the content takes the height that is left and scrolls by itself (tables). */
  layout?: 'scroll' | 'fill';
  /** Shown at the left of the content, over its whole height. */
  rail?: ReactNode;
  /** Shown at the right of the content. */
  panel?: ReactNode;
  children: ReactNode;
}

/** From how many letters on a title may be cut: then it is whole on hover. */
const LONG_TITLE = 30;

/** The frame of a screen: title, what it is for, primary action, then the content over the full width. */
export function Page({
  title,
  purpose,
  actions,
  actionsLast = false,
  notices,
  toolbar,
  layout = 'scroll',
  rail,
  panel,
  children,
}: PageProps) {
  useScreenName(visibleOwnText(title));
  const acts = actions && <div className="pd-page__actions">{actions}</div>;
  return (
    <div className="pd-page" data-actions-last={actionsLast || undefined}>
      <header className="pd-page__header">
        <div className="pd-page__heading">
          <Title
            order={1}
            className="pd-page__title"
            dir="auto"
            title={title.length > LONG_TITLE ? visibleOwnText(title) : undefined}
          >
            {shown(title)}
          </Title>
          <p className="pd-page__purpose">{purpose}</p>
        </div>
        {!actionsLast && acts}
      </header>
      <div className="pd-page__body">
        {rail}
        <div className="pd-page__column">
          {notices && <div className="pd-page__notices">{notices}</div>}
          {toolbar && <div className="pd-page__toolbar">{toolbar}</div>}
          <div className="pd-page__content" data-layout={layout}>
            {children}
          </div>
        </div>
        {panel}
      </div>
      {actionsLast && acts}
    </div>
  );
}
