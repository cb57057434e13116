import type { FieldRole, FieldRoles } from './field-role.ts';
import { isAuth, isPoint, readKey } from './key-bytes.ts';

const MAX_TORN = 4;

/** Whether an object has both keys of a subscription in it. */
export function isTorn(value: unknown, roles: FieldRoles): boolean {
  const found = new Set<FieldRole>();
  const look = (one: unknown, depth: number) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one) || depth > MAX_TORN) return;
    for (const [name, inner] of Object.entries(one)) {
      const role = roles.of(name)?.role;
      if (role === 'p256dh' || role === 'auth') {
        const key = readKey(inner);
        const bytes = key.kind === 'text' ? key.bytes : null;
        if (role === 'auth' ? isAuth(bytes) : isPoint(bytes)) found.add(role);
      }
      look(inner, depth + 1);
    }
  };
  look(value, 0);
  return found.size === 2;
}
