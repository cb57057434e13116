/** Somebody in a text, with everything that it says about them. */
export interface Told {
  readonly name: string;
  readonly id: string;
  readonly tag: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** A way to write a list of people over several lines. */
export interface FormInLines {
  readonly head?: readonly string[];
  readonly lines: (one: Told, index: number, isLast: boolean) => readonly string[];
  readonly tail?: readonly string[];
  /** Whether the head says what the values are. */
  readonly isHeaded?: boolean;
  /** Whether a lost line may also cost others what is said of them. It never gives them anything. */
  readonly mayCostOthers?: boolean;
}

/** Ways to write YAML. */
export const YAML: Readonly<Record<string, FormInLines>> = {
  'YAML: a list': {
    lines: (p) => [
      `- name: ${p.name}`,
      `  id: ${p.id}`,
      `  endpoint: ${p.endpoint}`,
      '  keys:',
      `    p256dh: ${p.p256dh}`,
      `    auth: ${p.auth}`,
      `  tags: [${p.tag}]`,
    ],
  },
  'YAML: a list below a name, with a list of tags': {
    head: ['people:'],
    lines: (p) => [
      `  - endpoint: ${p.endpoint}`,
      `    p256dh: ${p.p256dh}`,
      `    auth: ${p.auth}`,
      '    tags:',
      `      - ${p.tag}`,
      `    userId: ${p.id}`,
    ],
  },
  'YAML: a list, tags first': {
    lines: (p) => [
      '- tags:',
      `    - ${p.tag}`,
      '  keys:',
      `    auth: ${p.auth}`,
      `    p256dh: ${p.p256dh}`,
      `  endpoint: ${p.endpoint}`,
    ],
  },
  'YAML: a list that is not indented, with tags that are not': {
    head: ['subscribers:'],
    lines: (p) => [
      `- id: ${p.id}`,
      '  tags:',
      `  - ${p.tag}`,
      '  subscription:',
      `    endpoint: ${p.endpoint}`,
      '    keys:',
      `      p256dh: ${p.p256dh}`,
      `      auth: ${p.auth}`,
    ],
  },
  'YAML: a dash on a line of its own': {
    lines: (p) => [
      '-',
      `  user_id: ${p.id}`,
      `  endpoint: ${p.endpoint}`,
      `  p256dh: ${p.p256dh}`,
      `  auth: ${p.auth}`,
      `  tags: ${p.tag}`,
    ],
  },
  'YAML: a map by id': {
    lines: (p) => [
      `${p.id}:`,
      `  endpoint: ${p.endpoint}`,
      '  keys:',
      `    auth: ${p.auth}`,
      `    p256dh: ${p.p256dh}`,
      `  tags: [${p.tag}]`,
    ],
  },
  'YAML: a map by id below a name': {
    head: ['subscribers:'],
    lines: (p) => [
      `  ${p.id}:`,
      `    name: ${p.name}`,
      `    endpoint: ${p.endpoint}`,
      `    p256dh: ${p.p256dh}`,
      `    auth: ${p.auth}`,
      '    tags:',
      `      - ${p.tag}`,
    ],
  },
  'YAML: a map by id below two names': {
    head: ['site:', '  title: Example', '  people:'],
    lines: (p) => [
      `    "${p.id}":`,
      '      tags:',
      `        - ${p.tag}`,
      '      push:',
      `        endpoint: "${p.endpoint}"`,
      `        p256dh: "${p.p256dh}"`,
      `        auth: "${p.auth}"`,
    ],
  },
  'YAML: a map by id, the subscription deeper': {
    lines: (p) => [
      `${p.id}:`,
      `  label: ${p.name}`,
      '  subscription:',
      `    endpoint: ${p.endpoint}`,
      '    expirationTime: null',
      '    keys:',
      `      p256dh: ${p.p256dh}`,
      `      auth: ${p.auth}`,
      '  tags:',
      `  - ${p.tag}`,
    ],
  },
  'YAML: documents': {
    lines: (p) => [
      '---',
      `name: ${p.name}`,
      `user_id: ${p.id}`,
      `endpoint: ${p.endpoint}`,
      'keys:',
      `  p256dh: ${p.p256dh}`,
      `  auth: ${p.auth}`,
      'tags:',
      `  - ${p.tag}`,
    ],
  },
};
