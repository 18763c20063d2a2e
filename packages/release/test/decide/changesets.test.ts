import { listChanges, parsePending, readLowered, writeChangeset } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";

const group = ["@a/one", "@a/two"];

describe("parsePending", () => {
  it("reads the largest bump of the group, and the text", () => {
    const content = '---\n\n"@a/one": patch\n"@a/two": minor\n"@b/else": major\n---\n\nWords.\n';
    expect(parsePending("x.md", content, group)).toEqual({ file: "x.md", bump: "minor", text: "Words." });
  });

  it("reads a changeset that bumps nothing", () => {
    expect(parsePending("x.md", "---\n---\n\nNothing.\n", group).bump).toBe("none");
  });

  it("reads what it writes", () => {
    const changes = [{ impact: "breaking", where: "things.make", text: "It is gone." } as const];
    const content = writeChangeset(group, "major", changes);
    expect(parsePending("x.md", content, group)).toMatchObject({ bump: "major" });
  });

  it.each(["Words.", "---\nwords\n---\n", '---\n"@a/one": huge\n---\n'])("refuses %j", (content) => {
    expect(() => parsePending("x.md", content, group)).toThrow(".changeset/x.md");
  });
});

describe("a changeset of the description", () => {
  it("lists by operation what breaks, what is new and what was reworded", () => {
    const changes = [
      { impact: "words", where: "All operations", text: "The wording of the description has changed." },
      { impact: "addition", where: "things.make (POST /things)", text: "`b` in the request is new." },
      {
        impact: "breaking",
        where: "things.make (POST /things)",
        text: "`a` in the request is gone.",
        advice: { client: "stop sending it.", contract: "a server that accepts it fails the run." },
      },
    ] as const;
    expect(writeChangeset(group, "major", changes)).toBe(`---
"@a/one": major
"@a/two": major
---

The description of the API has 1 breaking change, 1 addition and 1 change of words.

**All operations**

- Words: The wording of the description has changed.

**things.make (POST /things)**

- Breaking: \`a\` in the request is gone. *Client*: stop sending it. *Contract suite*: a server that accepts it fails the run.
- New: \`b\` in the request is new.
`);
    expect(listChanges([])).toBe("");
  });
});

describe("readLowered", () => {
  it("finds a decision with its reason, in a changeset and in a changelog", () => {
    const reason = "The API never filled the field.";
    const decision = { from: "major", to: "minor", reason };
    expect(readLowered(`Words.\n\nLowered from major to minor: ${reason}\n`)).toEqual([decision]);
    expect(readLowered(`- Words.\n\n  Lowered from major to minor: ${reason}\n`)).toEqual([decision]);
  });

  it.each([
    "Lowered from major to minor:",
    "Lowered from major to minor: because",
    "Lowered to minor: It is all right so.",
  ])("requires a real reason: %j", (text) => expect(readLowered(text)).toEqual([]));
});
