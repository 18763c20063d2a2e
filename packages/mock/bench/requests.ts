const HEAD = `POST /v2/payout-links HTTP/1.1\r\nauthorization: Basic ${Buffer.from("client:key").toString("base64")}\r\ncontent-type: application/json\r\n`;

/**
 * The n-th request. Every second one has an idempotency key, each key is sent twice, and the given share breaks a
 * rule.
 */
export function requestText(index: number, host: string, refused: number): string {
  const bad = (index * 0.618_034) % 1 < refused;
  const amount = bad ? 0 : (index % 100_000) + 1;
  const key = index % 2 === 0 ? "" : `,"idempotency_key":"${keyOf(index >> 2)}"`;
  const body = `{"amount":${amount},"delivery":{"method":"sms","message":"Your earnings are ready."},"payee":{"first_name":"Jordan","last_name":"Rivera","email":"jordan.rivera@example.com","country_code":"1","phone_number":"2025550139"},"metadata":{"order":"A-${index}"},"memo":"October earnings","tax_exempt":true${key}}`;
  return `${HEAD}host: ${host}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

function keyOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
}
