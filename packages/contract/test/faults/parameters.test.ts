import { describe, expect, it } from "vitest";
import { checkReference } from "../servers.ts";
import { replies } from "./fault.ts";
import { describeFaults } from "./find.ts";

const only = ["listTransfers/refuses/query"];

describeFaults("parameters");

describe("a malformed query parameter", () => {
  it("may be accepted by an operation that only reads: this differs from the spec, but breaks no promise", async () => {
    const { failed, assumptions } = await checkReference({ broken: () => [] }, { only });
    expect(failed).toBe(0);
    expect(assumptions.length).toBeGreaterThan(0);
  });

  it("makes no server fail", async () => {
    const fails = replies("refused", (reply) => ({ ...reply, status: 500 }));
    const { failed } = await checkReference(fails, { only });
    expect(failed).toBeGreaterThan(0);
  });
});
