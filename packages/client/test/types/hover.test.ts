import { expect, it } from "vitest";
import { hovers } from "./editor.ts";

it("an editor shows the names and types of what a method takes, and what it gives", async () => {
  const shown = await hovers(`
    import { listPayoutLinks, sendPayout, type Client } from "../../src/functions/index.ts";
    import { Dots } from "../../src/index.ts";
    declare const dots: Dots;
    declare const api: Client;
    dots.payoutLinks.|create({ amount: 1 });
    dots.payoutLinks.|list({ limit: 1 });
    dots.payoutLinks.|retrieve("1");
    |sendPayout(api, { amount: 1, user_id: "1" });
    |listPayoutLinks(api);
    for await (const |link of dots.payoutLinks.list()) console.log(link);
    for await (const |page of dots.payoutLinks.list().pages()) console.log(page);
  `);
  expect(shown).toEqual([
    "(method) PayoutLinksResource.create(body: NewPayoutLink, options?: KeyedCallOptions): ApiCall<PayoutLink>",
    `(method) PayoutLinksResource.list(query?: {
    limit?: number;
    starting_after?: string;
    ending_before?: string;
}, options?: CallOptions): ApiList<PayoutLinkPage, PayoutLink>`,
    "(method) PayoutLinksResource.retrieve(payoutLinkId: string, options?: CallOptions): ApiCall<PayoutLink>",
    "(alias) function sendPayout(call: Client, body: NewPayout, options?: KeyedCallOptions): ApiCall<PayoutLink>",
    `(alias) function listPayoutLinks(call: Client, query?: {
    limit?: number;
    starting_after?: string;
    ending_before?: string;
}, options?: CallOptions): ApiList<PayoutLinkPage, PayoutLink>`,
    "const link: PayoutLink",
    "const page: PayoutLinkPage",
  ]);
});
