import { expect, it } from 'vitest';
import { formLogLine } from './log-lines.ts';

const line = (fields: object) =>
  `${JSON.stringify({ level: 30, time: Date.UTC(2026, 10, 29, 12), ...fields })}\n`;

it('leaves JSON as it is', () => {
  expect(formLogLine(line({ msg: 'x' }), 'json')).toBe(line({ msg: 'x' }));
});

it('says the same in plain words, with facts that cannot be taken for others', () => {
  const told = line({
    level: 40,
    port: 4830,
    reason: 'two words',
    list: [1, 2],
    quote: 'a"=b',
    msg: 'moved',
  });
  expect(formLogLine(told, 'plain')).toBe(
    '2026-11-29T12:00:00.000Z WARN moved port=4830 reason="two words" list=[1,2] quote="a\\"=b"\n',
  );
});

it('gives the journal a priority in place of the time', () => {
  const levels = [60, 50, 40, 30, 20].map((level) => formLogLine(line({ level, msg: 'x' }), 'journal'));
  expect(levels).toEqual(['<2>FATAL x\n', '<3>ERROR x\n', '<4>WARN x\n', '<6>INFO x\n', '<7>DEBUG x\n']);
});

it('stays one line, whatever a fact holds, and passes on what is no line of ours', () => {
  const told = formLogLine(line({ error: 'first\nsecond\n<0>third', msg: 'fell' }), 'journal');
  expect(told.trimEnd().split('\n')).toHaveLength(1);
  expect(formLogLine('(node:1) Warning\n', 'plain')).toBe('(node:1) Warning\n');
  expect(formLogLine('{"level":"x"}\n', 'plain')).toBe('{"level":"x"}\n');
});

it.each(['plain', 'journal'] as const)(
  'brings no command to the terminal and turns no text round (%s)',
  (form) => {
    const told = formLogLine(line({ service: 'a\u001B[2Jb', label: 'x\u202Ey', msg: 'said \u0007' }), form);
    expect(told).toContain(String.raw`said \u0007 service=a\u001B[2Jb label=x\u202Ey`);
    expect(told).toMatch(/^[\x20-\x7E]+\n$/);
  },
);
