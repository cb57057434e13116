import { expect, it } from 'vitest';
import { securityHeaders } from './security-headers.ts';

const resourcePolicyOf = (path: string | undefined) => securityHeaders(path)['cross-origin-resource-policy'];

it('lets other places show the icons, and nothing else', () => {
  expect(resourcePolicyOf('/icon-192.png')).toBe('cross-origin');
  for (const path of ['/', '/config.json', '/sw.js', '/api/subscriptions', '/api/v1/*', undefined]) {
    expect(resourcePolicyOf(path)).toBe('same-origin');
  }
});
