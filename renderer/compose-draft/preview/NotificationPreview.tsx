import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  MAX_BUTTONS,
  SYSTEM_IDS,
  SYSTEMS,
  type SystemId,
} from '../../../electron/core/message/browser-support.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import type { MessageFields } from '../composition.ts';
import { Picture } from './Picture.tsx';
import { LOOKS } from './preview-looks.ts';
import { buttonsOf, pictureAddress, previewPartsOf, siteNameOf } from './preview-parts.ts';
import './preview.css';

const SYSTEM_CHOICES = SYSTEM_IDS.map((value) => ({ value, label: SYSTEMS[value].name }));

interface NotificationPreviewProps {
  fields: MessageFields;
  /** Address of the subscribe page, where the server runs. */
  site: string | null;
}

/** Roughly how a system shows the message. Systems differ in looks; what is shown or dropped is exact. */
export function NotificationPreview({ fields, site }: NotificationPreviewProps) {
  const [system, setSystem] = useState<SystemId>('chrome-windows');
  const [loaded, setLoaded] = useState<ReadonlySet<string>>(new Set());
  const settings = useQuery(useQueries().app.settings.queryOptions());
  const { shown, remarks } = previewPartsOf(fields, system);
  const icon = pictureAddress(fields.iconUrl, site);
  const badge = pictureAddress(fields.badgeUrl, site);
  const image = pictureAddress(fields.imageUrl, site);
  const addresses = (
    [
      ['icon', icon],
      ['badge', badge],
      ['image', image],
    ] as const
  ).flatMap(([part, address]) => (address !== null && shown.has(part) ? [address] : []));
  const isWaiting = addresses.some((address) => !loaded.has(address));
  const has = (address: string | null) => address !== null && loaded.has(address);
  const from = siteNameOf(fields.url, settings.data?.sites ?? [], settings.data?.publicUrl ?? site);
  const look = LOOKS[system];
  const lineOf = (line: ((site: string) => string) | undefined) => line?.(from ?? 'your site') ?? null;
  const above = lineOf(look.above);
  const under = lineOf(look.under);
  const below = lineOf(look.below);

  return (
    <div className="pd-preview">
      <Select
        size="xs"
        aria-label="Preview in"
        data={SYSTEM_CHOICES}
        value={system}
        allowDeselect={false}
        onChange={(chosen) => {
          setSystem(SYSTEM_IDS.find((id) => id === chosen) ?? 'chrome-windows');
        }}
      />
      <div className="pd-preview__screen">
        <figure
          className="pd-preview__card"
          aria-label="How it will look"
          data-system={system}
          dir={fields.dir === 'auto' ? undefined : fields.dir}
          lang={fields.lang || undefined}
        >
          {above !== null && (
            <div className="pd-preview__from">
              {shown.has('badge') && has(badge) ? (
                <Picture className="pd-preview__badge" address={badge} placeholder="" isLoaded />
              ) : (
                <look.logo size={14} stroke={2} aria-hidden />
              )}
              <span className="pd-cut">{above}</span>
            </div>
          )}
          <div className="pd-preview__main" data-icon-at={look.iconAt}>
            {look.logoAt === 'side' && (
              <span className="pd-preview__logo">
                <look.logo size={22} stroke={1.6} aria-hidden />
              </span>
            )}
            <div className="pd-preview__words">
              <div
                className="pd-preview__title"
                dir={fields.dir}
                data-empty={fields.title.trim() === '' || undefined}
              >
                {fields.title.trim() || 'Your title'}
              </div>
              {under !== null && <div className="pd-preview__site pd-cut">{under}</div>}
              {fields.body.trim() !== '' && (
                <div className="pd-preview__body" dir={fields.dir}>
                  {fields.body}
                </div>
              )}
              {below !== null && <div className="pd-preview__site pd-cut">{below}</div>}
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
              {buttonsOf(fields)
                .slice(0, MAX_BUTTONS)
                .map(({ title }, index) => (
                  <span key={index} className="pd-cut" dir={fields.dir}>
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
