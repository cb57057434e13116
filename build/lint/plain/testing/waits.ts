/* What tests keep to. */
import { vi } from 'vitest';

await vi.waitFor(() => undefined); // breach: restricted-syntax
await vi.waitFor(() => undefined, 5_000);
