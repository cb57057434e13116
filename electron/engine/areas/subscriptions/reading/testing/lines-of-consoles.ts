import type { FormInLines } from './lines-of-yaml.ts';

/** What consoles print, settings, notes and logs. */
export const CONSOLES: Readonly<Record<string, FormInLines>> = {
  'psql -x': {
    lines: (p, index) => [
      `-[ RECORD ${index + 1} ]-----`,
      `user_id  | ${p.id}`,
      `endpoint | ${p.endpoint}`,
      `p256dh   | ${p.p256dh}`,
      `auth     | ${p.auth}`,
      `tags     | ${p.tag}`,
    ],
  },
  'mysql \\G': {
    lines: (p, index) => [
      `*************************** ${index + 1}. row ***************************`,
      `endpoint: ${p.endpoint}`,
      `  p256dh: ${p.p256dh}`,
      `    auth: ${p.auth}`,
      `    tags: ${p.tag}`,
      `    name: ${p.name}`,
    ],
  },
  'labelled lines': {
    lines: (p) => [
      `Name: ${p.name}`,
      `Endpoint: ${p.endpoint}`,
      `P256dh: ${p.p256dh}`,
      `Auth: ${p.auth}`,
      `Tags: ${p.tag}`,
      '',
    ],
  },
  'labelled lines without blank lines': {
    lines: (p) => [
      `Endpoint: ${p.endpoint}`,
      `Name: ${p.name}`,
      `P256dh: ${p.p256dh}`,
      `Tags: ${p.tag}`,
      `Auth: ${p.auth}`,
    ],
  },
  'labelled lines without blank lines, with the name of each above': {
    mayCostOthers: true,
    lines: (p) => [
      `Name: ${p.name}`,
      `Endpoint: ${p.endpoint}`,
      `P256dh: ${p.p256dh}`,
      `Auth: ${p.auth}`,
      `Tags: ${p.tag}`,
    ],
  },
  'labelled comments without blank lines': {
    // Without the first endpoint, the keys may as well be above theirs, and the last endpoint be lost.
    mayCostOthers: true,
    lines: (p) => [`# Endpoint: ${p.endpoint}`, `# P256dh: ${p.p256dh}`, `# Auth: ${p.auth}`],
  },
  'labelled comments with empty ones between them': {
    lines: (p) => [
      `# Name: ${p.name}`,
      `# Endpoint: ${p.endpoint}`,
      `# P256dh: ${p.p256dh}`,
      `# Auth: ${p.auth}`,
      '#',
    ],
  },
  'labelled items of a list, with a blank line between them': {
    lines: (p) => [
      `* Endpoint -> ${p.endpoint}`,
      `* P256dh -> ${p.p256dh}`,
      `* Auth -> ${p.auth}`,
      `* Tags -> ${p.tag}`,
      '',
    ],
  },
  'sections of settings': {
    lines: (p) => [
      `[${p.id}]`,
      `endpoint = ${p.endpoint}`,
      `p256dh = ${p.p256dh}`,
      `auth = ${p.auth}`,
      `tags = ${p.tag}`,
      '',
    ],
  },
  'sections of settings without blank lines': {
    lines: (p, index) => [
      `[subscriber ${index + 1}]`,
      `user_id=${p.id}`,
      `endpoint=${p.endpoint}`,
      `p256dh=${p.p256dh}`,
      `auth=${p.auth}`,
      `tags=${p.tag}`,
    ],
  },
  TOML: {
    lines: (p) => [
      '[[subs]]',
      `name = "${p.name}"`,
      `endpoint = "${p.endpoint}"`,
      `p256dh = "${p.p256dh}"`,
      `auth = "${p.auth}"`,
      `tags = ["${p.tag}"]`,
      '',
    ],
  },
  'TOML with a section below': {
    mayCostOthers: true,
    lines: (p) => [
      '[[subs]]',
      `endpoint = "${p.endpoint}"`,
      '[subs.keys]',
      `p256dh = "${p.p256dh}"`,
      `auth = "${p.auth}"`,
      '[subs.meta]',
      `externalId = "${p.id}"`,
      `tags = ["${p.tag}"]`,
    ],
  },
  'TOML with tables of keys': {
    lines: (p) => [
      '[[subs]]',
      `user_id = "${p.id}"`,
      `tags = ["${p.tag}"]`,
      `endpoint = "${p.endpoint}"`,
      '[subs.keys]',
      `p256dh = "${p.p256dh}"`,
      `auth = "${p.auth}"`,
      '',
    ],
  },
  'values alone': {
    lines: (p) => [p.endpoint, p.p256dh, p.auth, ''],
  },
  'log lines': {
    lines: (p) => [
      `2026-11-30 10:00:00 INFO subscribed user_id=${p.id}`,
      `2026-11-30 10:00:00 INFO {"endpoint":"${p.endpoint}","keys":{"p256dh":"${p.p256dh}","auth":"${p.auth}"}}`,
    ],
  },
  'log lines with everything': {
    lines: (p) => [
      `2026-11-30 10:00:00 INFO user_id=${p.id} {"endpoint":"${p.endpoint}","keys":{"p256dh":"${p.p256dh}","auth":"${p.auth}"}}`,
    ],
  },
  'names above': {
    lines: (p) => [
      `${p.name}:`,
      `{"endpoint":"${p.endpoint}","keys":{"p256dh":"${p.p256dh}","auth":"${p.auth}"}}`,
      '',
    ],
  },
};
