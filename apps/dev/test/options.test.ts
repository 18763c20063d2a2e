import { expect, it } from "vitest";
import { readOptions, UsageError } from "../src/options.ts";

it("takes a port for the mock and one for the docs", () => {
  expect(readOptions(["--mock-port", "0"])).toEqual({ mockPort: 0, docsPort: 4000 });
});

it.each([
  ["an unknown flag", ["--prot", "1"], /--prot[\s\S]*Usage: pnpm start/],
  ["what is no port", ["--mock-port", "65536"], /^--mock-port takes a port from 0 to 65535, not 65536$/],
])("refuses %s", (_, args, message) => {
  expect(() => readOptions(args)).toThrow(UsageError);
  expect(() => readOptions(args)).toThrow(message);
});
