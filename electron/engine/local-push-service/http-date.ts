/** Makes `Date` values (RFC 9110 §6.6.1); the text for each second is made once, as thousands of answers share it. */
export function createHttpDate(): (now: number) => string {
  let second = Number.NaN;
  let text = '';
  return (now) => {
    const wanted = Math.floor(now / 1000);
    if (wanted !== second) {
      second = wanted;
      text = new Date(wanted * 1000).toUTCString();
    }
    return text;
  };
}
