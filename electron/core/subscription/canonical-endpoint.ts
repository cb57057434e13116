/** Spelled canonically, as nearly all are: parsing each address of a large import would take longer than the rest of its check. */
const USUAL = /^https:\/\/(?:[a-z\d-]+\.)+[a-z][a-z\d-]*\/[\w~:@!$&'()*+,;=?/.-]*$/;
const DOT_SEGMENT = /\/\.{1,2}(?:[/?]|$)/;
const ESCAPE = /%([\dA-Fa-f]{2})/g;
const UNRESERVED = /[\w.~-]/;

/**
 * The one spelling by which an endpoint is recognised: two that RFC 3986 §6.2.2 and §6.2.3 call the same address have the same one. The
 * host is in lower case and without the dot that ends a full name, the port of https is left out, dot segments are resolved,
 * percent-encodings of unreserved characters (§2.3) are decoded, and the others are in upper case. It is only for comparing: messages go to
 * the endpoint as its browser spelt it.
 *
 * @param endpoint if it is not a complete address, it is returned as it is
 */
export function canonicalEndpoint(endpoint: string): string {
  if (USUAL.test(endpoint) && !DOT_SEGMENT.test(endpoint)) return endpoint;
  if (!URL.canParse(endpoint)) return endpoint;
  const url = new URL(endpoint);
  const host = url.host.replace(/\.(?=$|:)/, '');
  return `${url.protocol}//${host}${recode(url.pathname)}${recode(url.search)}${url.hash}`;
}

/** Whether both are spellings of one endpoint. */
export function isSameEndpoint(one: string, other: string): boolean {
  return canonicalEndpoint(one) === canonicalEndpoint(other);
}

function recode(text: string): string {
  return text.replace(ESCAPE, (escape, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return UNRESERVED.test(character) ? character : escape.toUpperCase();
  });
}
