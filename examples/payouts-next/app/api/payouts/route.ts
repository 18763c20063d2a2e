import { accountMark, Dots, DotsError, type StoredCall } from "@dots-payouts/client";

interface Invoice {
  readonly amount: number;
  readonly phone: string;
  /** The call that pays it, stored before it is sent. */
  call?: StoredCall;
  payout?: string;
}

// In production a table of your database: functions share no memory.
const invoices = new Map<string, Invoice>([
  ["INV-17", { amount: 4200, phone: "2025550139" }],
  ["INV-18", { amount: 1500, phone: "2025550140" }],
]);

/** Pays an invoice. The amount comes from your records: a browser could send any. */
export async function POST(request: Request): Promise<Response> {
  const invoice = invoices.get(new URL(request.url).searchParams.get("invoice") ?? "");
  if (invoice === undefined) return Response.json({ message: "There is no such invoice." }, { status: 404 });
  if (invoice.payout !== undefined) return Response.json({ payout: invoice.payout });
  const body = { amount: invoice.amount, payee: { country_code: "1", phone_number: invoice.phone } };
  const dots = new Dots({ environment: "sandbox", baseUrl: process.env["DOTS_BASE_URL"] });
  const account = await accountMark(dots);
  const before = invoice.call;
  const call: StoredCall = before ?? {
    operation: "sendPayout",
    key: crypto.randomUUID(),
    body,
    firstSentAt: new Date(),
    account,
    outcome: "unknown",
  };
  // In a database, `UPDATE … WHERE call IS NULL`: of two requests at once, one stores its call.
  invoice.call = call;
  try {
    // With `continue` the first time too, because another request may send the same call at this moment.
    const payout = await dots.payouts.send(body, { continue: call });
    invoice.payout = payout.id;
    return Response.json({ payout: payout.id });
  } catch (error) {
    if (!(error instanceof DotsError)) throw error;
    // It may have been paid. The call stays, and the same request later sends it again.
    return Response.json({ message: error.message, outcome: error.outcome }, { status: 502 });
  }
}
