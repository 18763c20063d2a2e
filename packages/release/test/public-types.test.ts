import { compareReports } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";
import { NAME, Repository } from "./repository.ts";

const report = `# Public types of \`a\`

## Entry \`.\`

- \`Options\`
- \`start\`

## Options

\`\`\`ts
interface Options {
	readonly port: number;
}
\`\`\`

## start

\`\`\`ts
declare function start(options: Options): void;
\`\`\`
`;

describe("two reports", () => {
  it("are equal", () => {
    expect(compareReports("a", report, report)).toEqual([]);
  });

  it("differ by what was removed, added or changed", () => {
    const other = report
      .replace("- `start`", "- `stop`")
      .replace(/## start[\s\S]*/, "## stop\n\n```ts\ndeclare function stop(): void;\n```\n")
      .replace("port: number", "port?: number");
    expect(compareReports("a", report, other)).toEqual([
      { impact: "breaking", where: "Types of a", text: "`start` of the entry `.` is gone." },
      { impact: "addition", where: "Types of a", text: "`stop` of the entry `.` is new." },
      { impact: "breaking", where: "Types of a", text: "`Options` has changed." },
    ]);
  });

  it("count in the check of a release", async () => {
    const repository = await Repository.create();
    try {
      repository.write("spec/public-types.md", report);
      repository.release("1.2.0");
      repository.write("spec/public-types.md", report.replace("port: number", "port: string"));
      const { code, text } = await repository.run("check");
      expect(text).toContain(`**Types of ${NAME}**`);
      expect(text).toContain("Breaking: `Options` has changed.");
      expect(code).toBe(1);
    } finally {
      await repository.remove();
    }
  });
});
