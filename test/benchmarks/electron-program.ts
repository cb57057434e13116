import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

/** The root of the project, which Electron is started with. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Chromium has no sandbox for root. */
export const SWITCHES: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The Electron that this checkout runs on. */
export function electronProgram(): string {
  return z.string().parse(createRequire(import.meta.url)('electron'));
}
