import { accountMark, Dots, DotsError, type NewPayoutLink } from "@dots-payouts/client";

interface Env {
  readonly DOTS_CLIENT_ID: string;
  readonly DOTS_API_KEY: string;
  readonly DOTS_BASE_URL?: string;
  /** The token that your own servers send. */
  readonly TOKEN: string;
}

/** A call that your server has stored before it sends it here. */
interface Job {
  readonly key: string;
  readonly firstSentAt: string;
  readonly body: NewPayoutLink;
  /** Whether the job is sent for the first time. */
  readonly isNew: boolean;
}

/**
 * `POST` with a job makes a payout link. A worker remembers nothing, so the caller keeps the key. After a 503 or no
 * answer, it sends the same job again, which is then no longer new.
 */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (request.headers.get("authorization") !== `Bearer ${env.TOKEN}`)
      return new Response(null, { status: 401 });
    if (request.method !== "POST") return new Response(null, { status: 405 });
    const { key, firstSentAt, body, isNew }: Job = JSON.parse(await request.text());
    const dots = new Dots({
      environment: "sandbox",
      baseUrl: env.DOTS_BASE_URL,
      clientId: env.DOTS_CLIENT_ID,
      apiKey: env.DOTS_API_KEY,
    });
    // This worker has one account. With several, store the account in the job.
    const account = await accountMark(dots);
    try {
      const link = await dots.payoutLinks.create(
        body,
        isNew
          ? { idempotencyKey: key, keyIsNew: true }
          : {
              continue: {
                operation: "createPayoutLink",
                key,
                body,
                firstSentAt,
                account,
                outcome: "unknown",
              },
            },
      );
      return Response.json({ id: link.id, link: link.link });
    } catch (error) {
      if (!(error instanceof DotsError)) throw error;
      return Response.json(
        { outcome: error.outcome, message: error.message },
        { status: error.outcome === "unknown" ? 503 : 422 },
      );
    }
  },
};
