import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLog } from './log.ts';

function written(work: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = [];
  work(createLog({ write: (line: string) => lines.push(line) }));
  return lines;
}

it('writes lines that are JSON and that a terminal can show, whatever is in them', () => {
  const wild = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  });
  fc.assert(
    fc.property(wild, (error) => {
      const [line = '', ...others] = written((log) => {
        log.warn({ error }, 'it failed');
      });
      expect(others).toEqual([]);
      expect(line.endsWith('\n')).toBe(true);
      expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u);
      expect(JSON.parse(line)).toMatchObject({ error, msg: 'it failed' });
    }),
  );
});

it('shortens what is endless', () => {
  const [line = ''] = written((log) => {
    log.warn({ error: 'x'.repeat(50_000), count: 3 }, 'it failed');
  });
  expect(line.length).toBeLessThan(2200);
  expect(JSON.parse(line)).toMatchObject({ count: 3 });
});
