import { z } from 'zod';
import { readAddress } from './site-address.ts';

/** The address under which other machines reach the public routes, split into its parts. */
export interface PublicAddress {
  /** As it is stored and shown, with a slash at its end: `https://shop.example/push/`. */
  readonly url: string;
  /** As browsers send it: `https://shop.example`. */
  readonly origin: string;
  /** What a `Host` header for it may be: proxies send the name with or without its port. */
  readonly hosts: readonly string[];
  /** `/push`, or empty where it is not below a path. */
  readonly prefix: string;
}

export type PublicAddressRead =
  | { kind: 'address'; address: PublicAddress }
  | { kind: 'refused'; reason: string };

/** First parts of the server's own paths: if the address were below one of them, nobody could tell whether the proxy removed that part. */
const TAKEN: readonly string[] = ['api', 'kit', 'healthz'];

/** Reads an address as a person writes it; if it is not one, says why in one sentence. */
export function readPublicAddress(text: string): PublicAddressRead {
  const url = readAddress(text.trim());
  if (typeof url === 'string') return { kind: 'refused', reason: url };
  const reason = refusalOf(url);
  if (reason !== null) return { kind: 'refused', reason };
  const prefix = url.pathname.replace(/\/+$/, '');
  const defaultPort = url.protocol === 'https:' ? '443' : '80';
  const address: PublicAddress = {
    url: `${url.origin}${prefix}/`,
    origin: url.origin,
    hosts: [url.hostname, `${url.hostname}:${url.port === '' ? defaultPort : url.port}`],
    prefix,
  };
  return { kind: 'address', address };
}

function refusalOf({ pathname, search, hash }: URL): string | null {
  if (search !== '' || hash !== '') return 'Leave out everything from the ? or # on.';
  const parts = pathname.replace(/\/+$/, '').split('/').slice(1);
  const [first = ''] = parts;
  if (parts.some((part) => !/^[A-Za-z0-9._~-]+$/.test(part))) {
    return 'In the path, use only letters, digits, - . _ and ~.';
  }
  if (TAKEN.includes(first.toLowerCase())) return `Use another path: the server needs /${first} for itself.`;
  return null;
}

/** The address as a person writes it; `readPublicAddress` tells what it means. */
export const publicUrlSchema = z
  .string()
  .max(300)
  .superRefine((text, context) => {
    const read = readPublicAddress(text);
    if (read.kind === 'refused') context.addIssue({ code: 'custom', message: read.reason });
  });

export const trustedProxySchema = z
  .string()
  .max(60)
  .refine(isBlock, 'Write an IP address, or a block of them such as 10.0.0.0/8.');

/** Proxies on the same machine. */
export const LOOPBACK_PROXIES = ['127.0.0.0/8', '::1'];

function isBlock(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  if (rest.length > 0) return false;
  const isV4 = z.ipv4().safeParse(address).success;
  if (!isV4 && !z.ipv6().safeParse(address).success) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isV4 ? 32 : 128));
}
