import { readFileSync } from 'node:fs';
import path from 'node:path';

/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

export function instructionsOf(file: string): Instruction[] {
  return readFileSync(file, 'utf8')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', text = ''] = /^([A-Z]+)\s+(\S.*)?$/.exec(line) ?? [];
      return { name, text };
    });
}

/** The values of each directive of a systemd unit, in their order. */
export function directivesOf(file: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, name, value = ''] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}

export const unitIn = (folder: string, name: string) => directivesOf(path.join(folder, 'systemd', name));
