import { listOperations } from "@dots-payouts/openapi";
import { expect, it } from "vitest";
import { operationMarkdown } from "../src/describe/operation-markdown.ts";
import { bundle } from "./support/bundle.ts";

const pageOf = (id: string) => {
  const operation = listOperations(bundle).find((each) => each.id === id);
  return operation === undefined ? "" : operationMarkdown(bundle, operation, { withAll: true });
};

it("lists the values that the mock treats specially, and says that only the mock does", () => {
  const page = pageOf("sendPayout");
  expect(page).toContain("## Values for the mock {#sendPayout-mock}");
  expect(page).toContain("**Mock only.**");
  expect(page).toMatch(/\| `2025550191` \| `\/payee\/phone_number` \| .* It answers 402\. \|/);
  expect(page).toMatch(/\| `2025550190` .* `queue` and then `bounce` a second later\. \|/);
});

it("shows nothing if there are none", () => {
  expect(pageOf("listPayoutLinks")).not.toContain("Mock only");
});
