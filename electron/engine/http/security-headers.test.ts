import { expect, it } from 'vitest';
import { securityHeaders } from './security-headers.ts';

it.each(['/icon-192.png', '/', '/config.json', '/sw.js', '/api/subscriptions', '/api/v1/*', undefined])(
  'lets no other origin embed %s',
  (path) => {
    expect(securityHeaders(path)['cross-origin-resource-policy']).toBe('same-origin');
  },
);
