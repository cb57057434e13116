import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { reasonOfSystem, whyNotWritable } from './refused-place.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const systemError = (code: string) => Object.assign(new Error('raw text of the system'), { code });

it('names the disk of the nearest folder that is there, not what is missing below it', () => {
  const asked: string[] = [];
  const readOnly = (place: unknown) => {
    asked.push(String(place));
    throw systemError('EROFS');
  };
  expect(whyNotWritable(path.join(folder, 'not', 'there'), readOnly)).toBe('the disk is read-only');
  expect(asked).toEqual([folder]);
});

it('has nothing against a place that can be written', () => {
  expect(whyNotWritable(path.join(folder, 'not', 'there'))).toBeNull();
});

it.each(['EACCES', 'EPERM'])('names the permission that is missing: %s', (code) => {
  const refusing = () => {
    throw systemError(code);
  };
  expect(whyNotWritable(folder, refusing)).toBe('permission denied');
});

it('says nothing about errors that are not the file system’s', () => {
  for (const error of [new Error('x'), systemError('ERR_INVALID_ARG_TYPE'), 'EROFS', null])
    expect(reasonOfSystem(error)).toBeNull();
});
