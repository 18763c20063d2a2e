import { asDocument } from "@dots-payouts/openapi";
import { expect, it } from "vitest";
import { schemasOf } from "../src/schema/validators.ts";

it("reports a property that only another alternative declares as unknown", () => {
  const alternative = (name: string) => ({
    required: [name],
    properties: { [name]: { type: "string" }, [`${name}_note`]: { type: "string" } },
  });
  const Source = { oneOf: [alternative("card"), alternative("bank")], unevaluatedProperties: false };
  const { errors } = schemasOf(
    asDocument({ openapi: "3.1.0", paths: {}, components: { schemas: { Source } } }),
  );
  const words = (value: Record<string, string>) =>
    errors("/components/schemas/Source", value).map(({ about, keyword }) => `${about} ${keyword}`);
  expect(words({ card: "1", card_note: "x" })).toEqual([]);
  expect(words({ card: "1", bank_note: "x" })).toEqual(["/bank_note unevaluatedProperties"]);
  // The schema that declares `note` has failed, and its error says why.
  expect(words({ card_note: "x" })).not.toContain("/card_note unevaluatedProperties");
});
