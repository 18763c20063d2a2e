import { execFileSync } from "node:child_process";
import { curlCommand } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

/** The arguments that a shell passes to a command. */
function words(command: string): string[] {
  const script = `for word in ${command}; do printf '%s\\0' "$word"; done`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

describe("curlCommand", () => {
  it("leaves out what curl does by default", () => {
    expect(curlCommand({ method: "GET", url: "http://127.0.0.1/a" })).toBe("curl http://127.0.0.1/a");
    expect(curlCommand({ method: "POST", url: "http://127.0.0.1/a", body: "" })).toBe(
      "curl http://127.0.0.1/a --data-raw ''",
    );
    expect(curlCommand({ method: "PUT", url: "http://127.0.0.1/a", body: "b" })).toBe(
      "curl -X PUT http://127.0.0.1/a --data-raw b",
    );
  });

  it("is quoted so that a shell passes it on unchanged", () => {
    const body = `{"text":"it's $HOME \`id\` \\ \\"quoted\\"\n"}`;
    const command = curlCommand({
      method: "POST",
      url: "http://127.0.0.1/a?b=c&d",
      headers: { "content-type": "application/json" },
      user: "me:p w",
      body,
    });
    expect(words(command)).toEqual([
      "curl",
      "http://127.0.0.1/a?b=c&d",
      "-u",
      "me:p w",
      "-H",
      "content-type: application/json",
      "--data-raw",
      body,
    ]);
  });
});
