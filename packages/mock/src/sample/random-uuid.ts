/**
 * A random UUID, version 4 (RFC 9562 §5.4). `crypto.randomUUID` takes three times as long, and allocates twenty strings
 * each time.
 */
export function randomUuid(): string {
  if (next === RANDOM.length) {
    crypto.getRandomValues(RANDOM);
    next = 0;
  }
  for (let index = 0; index < 16; index += 1) {
    let byte = RANDOM[next + index] ?? 0;
    if (index === 6) byte = (byte & 0x0f) | 0x40;
    if (index === 8) byte = (byte & 0x3f) | 0x80;
    const place = PLACES[index] ?? 0;
    codes[place] = DIGITS[byte >> 4] ?? 0;
    codes[place + 1] = DIGITS[byte & 0x0f] ?? 0;
  }
  next += 16;
  return String.fromCharCode(...codes);
}

/** Random bytes for many UUIDs: fetching them costs the same, few or many. */
const RANDOM = new Uint8Array(16 * 256);
let next = RANDOM.length;

const codeOf = (character: string) => character.charCodeAt(0);
const DIGITS = Array.from("0123456789abcdef", codeOf);
/** The position of each byte. The dashes stay in place. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const codes = Array.from("00000000-0000-0000-0000-000000000000", codeOf);
