import { describe, expect, it } from "vitest";
import { asDocument, listHeaderOptions } from "../../src/index.ts";

const header = (name: string, option: string) => ({
  name,
  in: "header",
  "x-option": option,
  description: `What ${name} says.`,
  schema: { type: "string" },
});
const documentWith = (...parameters: object[]) =>
  asDocument({
    openapi: "3.1.0",
    info: { title: "Notes", version: "1" },
    paths: {
      "/notes": { get: { operationId: "listNotes", parameters, responses: { "200": { description: "" } } } },
      "/tags": {
        get: {
          operationId: "listTags",
          parameters: [header("X-Workspace", "workspaceId")],
          responses: { "200": { description: "" } },
        },
      },
    },
  });

describe("the header options of a document", () => {
  it("are listed once each, with their command-line flag", () => {
    const document = documentWith(header("X-Workspace", "workspaceId"), header("X-IP", "userIp"), {
      name: "limit",
      in: "query",
      schema: { type: "integer" },
    });
    expect(listHeaderOptions(document)).toEqual([
      {
        option: "workspaceId",
        flag: "workspace-id",
        header: "X-Workspace",
        description: "What X-Workspace says.",
      },
      { option: "userIp", flag: "user-ip", header: "X-IP", description: "What X-IP says." },
    ]);
  });

  it("are refused if one is for two headers", () => {
    const document = documentWith(header("X-Space", "workspaceId"));
    expect(() => listHeaderOptions(document)).toThrow("the option workspaceId is for two headers");
  });
});
