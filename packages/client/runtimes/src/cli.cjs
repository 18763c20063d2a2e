// The same by require, which has to be the same library.
const { Dots } = require("@dots-payouts/client");
const { validation } = require("@dots-payouts/client/validation");
const { WebhookError, verifyWebhook } = require("@dots-payouts/client/webhooks");

async function main([url]) {
  const dots = new Dots({ baseUrl: url, clientId: "client", apiKey: "key", validation: validation() });
  const link = await dots.payoutLinks.create({ amount: 1000 });
  const { data } = await dots.http.POST("/v2/payout-links", { body: { amount: 1000 } });
  const problems = link.amount === 1000 && data.amount === 1000 ? [] : ["no answer"];
  try {
    verifyWebhook({}, "{}", "whsec_aaaa");
    problems.push("a webhook without a signature was taken");
  } catch (error) {
    if (!(error instanceof WebhookError)) problems.push(String(error));
  }
  console.log(`problems: ${JSON.stringify(problems)}`);
}

main(process.argv.slice(2));
