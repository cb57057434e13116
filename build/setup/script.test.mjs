import { describe, expect, it } from 'vitest';
import { SetupError } from './say.mjs';
import { checkArguments, helpOf, sentenceFor } from './script.mjs';

const SCRIPT = {
  usage: 'npm run x [-- --fast] [NAME]',
  about: 'Does it.',
  options: { '--fast': 'Does it fast.' },
  words: { unit: 'The units.' },
};

describe('the arguments of a script', () => {
  it('are those that it names', () => {
    expect(() => checkArguments(SCRIPT, ['--fast', 'unit'])).not.toThrow();
    expect(() => checkArguments(SCRIPT, [])).not.toThrow();
  });

  it.each([
    ['--slow', 'There is no option --slow: choose from unit, --fast. Usage: npm run x'],
    ['units', 'There is no argument units: choose from unit, --fast.'],
    ['toString', 'There is no argument toString'],
  ])('are refused otherwise: %s', (arg, sentence) => {
    expect(() => checkArguments(SCRIPT, ['unit', arg])).toThrow(sentence);
  });

  it('are what a command takes, where one comes first', () => {
    const script = { ...SCRIPT, commands: { token: 'Makes one.' } };
    expect(() => checkArguments(script, ['token', 'create', '--name', 'x'])).not.toThrow();
    expect(() => checkArguments(script, ['create', 'token'])).toThrow('choose from unit, token, --fast');
    expect(helpOf(script)).toContain('Makes one.');
  });

  it('are passed on where somebody else knows them', () => {
    expect(() => checkArguments({ ...SCRIPT, passesOn: 'the app' }, ['--slow'])).not.toThrow();
  });
});

it('prints help that names all that can be given', () => {
  const help = helpOf({ ...SCRIPT, passesOn: 'the app' });
  expect(help).toMatch(
    /^Usage: npm run x \[-- --fast\] \[NAME\]\n\nDoes it\.\nAll other arguments go to the app\./,
  );
  for (const text of ['--fast', 'Does it fast.', 'unit', '--help']) expect(help).toContain(text);
});

describe('what is printed of an error', () => {
  it('is the sentence that says what to do', () => {
    expect(sentenceFor(new SetupError('Do this.'))).toBe('Do this.');
  });

  it('is the cause and the cure of what the system refuses', () => {
    const error = new Error("EROFS: read-only file system, mkdir '/a/.tools'");
    expect(sentenceFor(error)).toBe(
      "EROFS: read-only file system, mkdir '/a/.tools'. Use a folder on a disk that can be written to, or mount this one writable (/a/.tools), and run the same command again.",
    );
  });

  it('is the message of any other', () => {
    expect(sentenceFor(new Error('odd'))).toBe('odd');
  });
});
