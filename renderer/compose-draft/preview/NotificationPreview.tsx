import { Button, SegmentedControl } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { BROWSER_NAMES, type BrowserId } from '../../../electron/core/message/browser-support.ts';
import type { MessageFields } from '../composition.ts';
import { Picture } from './Picture.tsx';
import { pictureAddress, previewPartsOf } from './preview-parts.ts';
import './preview.css';

const BROWSERS = Object.entries(BROWSER_NAMES).map(([value, label]) => ({
  value: value as BrowserId,
  label,
}));

interface NotificationPreviewProps {
  fields: MessageFields;
  /** Address of the subscribe page, where the server runs. */
  site: string | null;
}

/** About how a browser shows the message. Systems differ in looks; what is shown or left out is exact. */
export function NotificationPreview({ fields, site }: NotificationPreviewProps) {
  const [browser, setBrowser] = useState<BrowserId>('chrome');
  const [loaded, setLoaded] = useState<ReadonlySet<string>>(new Set());
  const { shown, remarks } = previewPartsOf(fields, browser);
  const icon = pictureAddress(fields.iconUrl, site);
  const badge = pictureAddress(fields.badgeUrl, site);
  const image = pictureAddress(fields.imageUrl, site);
  const addresses = [icon, badge, image].filter((address) => address !== null);
  const isWaiting = addresses.some((address) => !loaded.has(address));
  const has = (address: string | null) => address !== null && loaded.has(address);
  const buttons = fields.actions.filter(({ title }) => title.trim() !== '');

  return (
    <div className="pd-preview">
      <SegmentedControl
        size="xs"
        fullWidth
        data={BROWSERS}
        value={browser}
        onChange={setBrowser}
        aria-label="Preview in"
      />
      <div className="pd-preview__screen">
        <figure className="pd-preview__card" aria-label="How it will look">
          <div className="pd-preview__from">
            {shown.has('badge') && has(badge) ? (
              <Picture className="pd-preview__badge" address={badge} placeholder="" isLoaded />
            ) : (
              <IconBell size={14} stroke={2} aria-hidden />
            )}
            <span className="pd-cut">
              {BROWSER_NAMES[browser]} · {site === null ? 'your site' : new URL(site).host}
            </span>
          </div>
          <div className="pd-preview__main">
            <div className="pd-preview__words">
              <div
                className="pd-preview__title"
                dir="auto"
                data-empty={fields.title.trim() === '' || undefined}
              >
                {fields.title.trim() || 'Your title'}
              </div>
              {fields.body.trim() !== '' && (
                <div className="pd-preview__body" dir="auto">
                  {fields.body}
                </div>
              )}
            </div>
            {shown.has('icon') && (
              <Picture className="pd-preview__icon" address={icon} placeholder="Icon" isLoaded={has(icon)} />
            )}
          </div>
          {shown.has('image') && (
            <Picture
              className="pd-preview__image"
              address={image}
              placeholder="Image"
              isLoaded={has(image)}
            />
          )}
          {shown.has('actions') && (
            <div className="pd-preview__buttons">
              {buttons.map(({ title }, index) => (
                <span key={index} className="pd-cut" dir="auto">
                  {title}
                </span>
              ))}
            </div>
          )}
        </figure>
      </div>
      {remarks.map((remark) => (
        <p key={remark} className="pd-preview__remark">
          {remark}
        </p>
      ))}
      {isWaiting && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            setLoaded(new Set([...loaded, ...addresses]));
          }}
        >
          Load pictures
        </Button>
      )}
    </div>
  );
}
