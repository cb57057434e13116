import { render, screen } from '@testing-library/react';
import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { QrCode } from './QrCode.tsx';

const TEXT = 'https://push.example.org/#phone=TTTTTTTTTTTTTTTTTTTTTT';

it('draws each black module on white, with four white ones around', () => {
  render(<QrCode text={TEXT} label="QR code" />);
  const code = screen.getByRole('img', { name: 'QR code' });
  const { size, data } = encode(TEXT, { ecc: 'M', border: 0 });
  expect(code.getAttribute('viewBox')).toBe(`0 0 ${size + 8} ${size + 8}`);
  const drawn = code.querySelector('path')?.getAttribute('d') ?? '';
  const modules = [...drawn.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [
    Number(x) - 4,
    Number(y) - 4,
  ]);
  const black = data.flatMap((row, y) => row.flatMap((is, x) => (is ? [[x, y]] : [])));
  expect(modules).toEqual(black);
  expect(code.querySelector('rect')?.getAttribute('fill')).toBe('#ffffff');
});
