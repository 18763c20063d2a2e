/** The code that the examples test: it pays a driver, and tries again with the same key if no answer arrives. */
export async function payDriver(baseUrl: string, phoneNumber: string, cents: number): Promise<string> {
  const body = JSON.stringify({
    amount: cents,
    payee: { country_code: "1", phone_number: phoneNumber },
    idempotency_key: crypto.randomUUID(),
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(`${baseUrl}/v2/payouts/send-payout`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa("client:key")}`, "content-type": "application/json" },
        body,
      });
      const answer: { link: string; message: string } = JSON.parse(await response.text());
      if (!response.ok) throw new RangeError(answer.message);
      return answer.link;
    } catch (error) {
      if (error instanceof RangeError || attempt === 3) throw error;
    }
  }
}
