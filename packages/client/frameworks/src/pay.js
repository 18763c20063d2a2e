import { Dots } from "@dots-payouts/client";

/** Makes three different payout links, and says for which amount each was made. */
export async function pay() {
  const dots = new Dots({ baseUrl: process.env.DOTS_URL, clientId: "id", apiKey: "api-key" });
  const made = [];
  for (const amount of [100, 200, 300]) {
    const link = await dots.payoutLinks.create({ amount, delivery: { method: "link" } });
    made.push([amount, link.amount]);
  }
  return Response.json(made);
}
