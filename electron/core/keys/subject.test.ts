import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSubject, contactProblem } from './subject.ts';

function codeOf(text: string): string {
  const check = checkSubject(text);
  return check.kind === 'ok' ? 'ok' : `${check.kind} ${check.problem.code}`;
}

describe('checkSubject', () => {
  it.each([
    ['mailto:you@example.com', 'mailto:you@example.com'],
    ['  mailto:you@example.com\n', 'mailto:you@example.com'],
    ['MailTo:You@Example.com', 'mailto:You@Example.com'],
    ['mailto:first.last+push@mail.example.co.uk', 'mailto:first.last+push@mail.example.co.uk'],
    ['mailto:you@xn--mnchen-3ya.de', 'mailto:you@xn--mnchen-3ya.de'],
    ['"mailto:you@example.com"', 'mailto:you@example.com'],
    ['“mailto:you@example.com”', 'mailto:you@example.com'],
    ['"mailto:you@example.com",', 'mailto:you@example.com'],
    ['<"mailto:you@example.com">;', 'mailto:you@example.com'],
    ['mailto:/you@example.com', 'mailto:you@example.com'],
    ['https://my_site.example.com/contact', 'https://my_site.example.com/contact'],
    ['<mailto:you@example.com>', 'mailto:you@example.com'],
    ['mailto:you@example.com,', 'mailto:you@example.com'],
    ['\u200bmailto:you@example.com\u00a0', 'mailto:you@example.com'],
    ['mailto:a@example.com\0', 'mailto:a@example.com'],
    ['mailto:mailto:you@example.com', 'mailto:you@example.com'],
    ['mailto://you@example.com', 'mailto:you@example.com'],
    ['mailto:mailto://you@example.com', 'mailto:you@example.com'],
    ['https://https://example.com', 'https://example.com'],
    ['mailto:you@münchen.de', 'mailto:you@xn--mnchen-3ya.de'],
    ['https://münchen.de/kontakt', 'https://xn--mnchen-3ya.de/kontakt'],
    ['mailto:you@bakery.berlin', 'mailto:you@bakery.berlin'],
    ['mailto:you@example.com?subject=Push', 'mailto:you@example.com?subject=Push'],
    ['https://example.com', 'https://example.com'],
    ['HTTPS://example.com/contact?a=b', 'https://example.com/contact?a=b'],
    ['https://localhost.example.com/', 'https://localhost.example.com/'],
  ])('takes %j', (text, subject) => {
    expect(checkSubject(text)).toEqual({ kind: 'ok', subject });
  });

  it.each([
    ['mailto:a@localhost', 'warning subject-local-host'],
    ['mailto:a@LOCALHOST', 'warning subject-local-host'],
    ['mailto:a@app.localhost', 'warning subject-local-host'],
    ['mailto:a@intranet', 'warning subject-local-host'],
    ['https://localhost', 'warning subject-local-host'],
    ['https://localhost:8443/contact', 'warning subject-local-host'],
    ['https://127.0.0.1/', 'warning subject-local-host'],
    ['mailto:a@192.168.1.7', 'warning subject-local-host'],
    ['mailto:a@[192.0.2.1]', 'warning subject-local-host'],
    ['https://[2001:db8::1]/', 'warning subject-local-host'],
    ['https://10.0.0.1', 'warning subject-local-host'],
    ['mailto:a@printer.local', 'warning subject-local-host'],
    ['mailto:a@gateway.invalid', 'warning subject-local-host'],
    ['mailto:a@site.test', 'warning subject-local-host'],
    ['mailto:a@shop.example', 'warning subject-local-host'],
    ['mailto:a@server.internal', 'warning subject-local-host'],
    ['mailto:a@nas.home.arpa', 'warning subject-local-host'],
    ['mailto:a@router.lan', 'warning subject-local-host'],
    ['mailto:a@localhost.localdomain', 'warning subject-local-host'],
    ['mailto:a@mail.corp', 'warning subject-local-host'],
    ['https://hidden.onion', 'warning subject-local-host'],
    ['https://dummy.devhost', 'warning subject-local-host'],
    ['mailto: a@example.com', 'warning subject-characters'],
    ['mailto:a @example.com', 'warning subject-characters'],
    ['mailto:<a@example.com>', 'warning subject-characters'],
    ['mailto: <a@example.com>', 'warning subject-characters'],
    ['mailto:Jane Doe <jane@example.com>', 'warning subject-characters'],
    ['https://example.com/contact us', 'warning subject-characters'],
    ['https://example.com/<me>', 'warning subject-characters'],
  ])('warns that Apple refuses %j', (text, code) => {
    expect(codeOf(text)).toBe(code);
    const check = checkSubject(text);
    expect(check.kind === 'warning' && check.problem.cause).toContain('Apple');
    expect(check.kind === 'warning' && check.subject.toLowerCase()).toBe(text.toLowerCase());
  });

  it.each([
    ['', 'refused subject-empty'],
    ['   ', 'refused subject-empty'],
    ['mailto:', 'refused subject-address'],
    ['mailto: ', 'refused subject-address'],
    ['mailto:you', 'refused subject-address'],
    ['mailto:@example.com', 'refused subject-address'],
    ['mailto:you@', 'refused subject-address'],
    ['mailto:you@@example.com', 'refused subject-address'],
    ['mailto:you@exa..mple.com', 'refused subject-address'],
    ['mailto:you@-example.com', 'refused subject-address'],
    ['mailto:you@example.com.', 'refused subject-address'],
    ['mailto:you@exa_mple.com', 'refused subject-address'],
    ['mailto:https://example.com', 'refused subject-address'],
    ['mailto:<>', 'refused subject-address'],
    ['mailto:?subject=a@b.example', 'refused subject-address'],
    [`mailto:you@${'a'.repeat(64)}.com`, 'refused subject-address'],
    ['you@example.com', 'refused subject-scheme'],
    ['example.com', 'refused subject-scheme'],
    ['http://example.com', 'refused subject-scheme'],
    ['tel:+123', 'refused subject-scheme'],
    ['javascript:alert(1)', 'refused subject-scheme'],
    ['https:', 'refused subject-url'],
    ['https://', 'refused subject-url'],
    ['https:example.com', 'refused subject-url'],
    ['https:///example.com', 'refused subject-url'],
    ['https://exa mple.com', 'refused subject-url'],
    ['https://exa..mple.com', 'refused subject-url'],
    ['https://-example.com', 'refused subject-url'],
    ['https://http://example.com', 'refused subject-scheme'],
    ['https://user:secret@example.com', 'refused subject-url'],
    ['mailto:jörg@example.com', 'refused subject-characters'],
    ['mailto:a@example.com,b@example.com', 'refused subject-several'],
    ['mailto:a@example.com; b@example.com', 'refused subject-several'],
    ['mailto:a@example.com\r\nX: y', 'refused subject-characters'],
  ])('refuses %j', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('finds fault with a contact in use that it would put right before', () => {
    expect(contactProblem('mailto:you@example.com')).toBeNull();
    expect(contactProblem('mailto:you@example.local')?.code).toBe('subject-local-host');
    expect(contactProblem('you@example.com')?.code).toBe('subject-scheme');
    expect(contactProblem('mailto:mailto:you@example.com')).toMatchObject({
      code: 'subject-written-wrong',
      cause: expect.stringContaining('Apple') as string,
      cure: 'Write mailto:you@example.com instead.',
    });
  });

  it('names the right way to write it', () => {
    expect(checkSubject('you@example.com')).toMatchObject({
      problem: { cure: 'Write mailto:you@example.com instead.' },
    });
    expect(checkSubject('mailto:Jane <jane@example.com>')).toMatchObject({
      problem: { cure: 'Write mailto:jane@example.com instead.' },
    });
  });

  it.each([
    'subject=mailto:jane@example.com',
    'mailto;jane@example.com',
    '[jane@example.com](mailto:jane@example.com)',
    'Jane <jane@example.com>',
  ])('names what to write that is then taken: %s', (text) => {
    expect(checkSubject(text)).toMatchObject({
      kind: 'refused',
      problem: { cure: 'Write mailto:jane@example.com instead.' },
    });
  });

  it('guesses no address where there is none, or more than one', () => {
    for (const text of ['jane@example.com, bob@example.com', 'jane at example.com'])
      expect(checkSubject(text)).toMatchObject({
        problem: { cure: expect.stringContaining('Write it like') as string },
      });
    expect(checkSubject('mailto:jane@exam ple.com')).toMatchObject({
      kind: 'warning',
      problem: { cure: 'Write the address without spaces and brackets.' },
    });
  });

  it('knows an address of a network in an email address', () => {
    for (const host of ['[192.0.2.1]', '[2001:db8::1]', '[IPv6:2001:db8::1]'])
      expect(codeOf(`mailto:you@${host}`)).toBe('warning subject-local-host');
  });

  it('says for sure only what is known of Apple', () => {
    expect(checkSubject('mailto:a@localhost')).toMatchObject({
      problem: {
        cause: expect.stringMatching(/^The contact address ends in @localhost.* Apple refuses/) as string,
      },
    });
    expect(checkSubject('https://localhost')).toMatchObject({
      problem: { cause: expect.stringContaining('Apple may refuse') as string },
    });
  });

  it('takes any number of brackets around it', () => {
    const many = 1000;
    expect(codeOf(`${'<'.repeat(many)}mailto:you@example.com${'>'.repeat(many)}`)).toBe('ok');
  });

  it('never throws, and takes only what a token can carry', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.constantFrom('mailto:', 'https://', 'mailto: <'), fc.string())
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (wild) => {
        const check = checkSubject(wild);
        if (check.kind === 'refused') return;
        expect(check.subject).toMatch(/^(?:mailto:|https:\/\/)[\x20-\x7e]+$/);
        expect(checkSubject(check.subject)).toEqual(check);
        expect(() => new URL(check.subject)).not.toThrow();
      }),
    );
  });
});
