import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  asDocument,
  DocumentError,
  listOperations,
  type Operation,
  responseFor,
  successResponses,
} from "@dots-payouts/openapi";
import { brokenExample } from "./broken-example.ts";
import { samePath } from "./same-path.ts";

/** How many operations make a part of the checks worthwhile. */
const PART = 25;

/** No further part starts after this many milliseconds. */
const BUDGET = 120_000;

interface Cause {
  readonly cause: string;
  readonly checks: readonly string[];
  readonly operations: readonly string[];
}

/** The response whose example does not match its schema, if that is the cause. */
function exampleOf(operations: readonly Operation[], { cause, operations: ids }: Cause): string | undefined {
  const status = /^answers (\d+) do not fit their schema/.exec(cause)?.[1];
  const responses = operations.find(({ id }) => id === ids[0])?.responses ?? [];
  const response = responseFor(successResponses(responses), Number(status));
  return response?.content.some(({ examples }) => examples.length > 0) === true
    ? response.pointer
    : undefined;
}

// What libraries print here is not about the description.
console.warn = () => {};

// A separate process, because it loads the packages that were built for the copy.
const [folder = "."] = process.argv.slice(2);
const load = async (path: string) => import(pathToFileURL(join(folder, path)).href);
const { startMock } = await load("packages/mock/dist/index.mjs");
const { runContract } = await load("packages/contract/dist/index.mjs");

try {
  const spec = asDocument(JSON.parse(readFileSync(join(folder, "spec/dist/openapi.json"), "utf8")));
  const operations = listOperations(spec);
  if (operations.length === 0) throw new DocumentError("/paths", "there is no operation to check");
  const login = { username: "client", password: "key-of-the-client" };
  await using mock = await startMock({ port: 0, ...login });
  const total = Math.ceil(operations.length / PART);
  const started = performance.now();
  let parts = 0;
  let passed = 0;
  let left = 0;
  let refused: string | undefined;
  let unable: { operation: string; reason: string } | undefined;
  do {
    const shard = { index: parts + 1, total };
    const report = await runContract({
      url: mock.url,
      ...login,
      spec,
      shard,
      seed: 1,
      timeout: 60_000,
      quick: true,
    });
    if (report.failed > 0) {
      const causes: readonly Cause[] = report.causes;
      // The mock says so where it can't make an answer up, such as a PDF.
      const unmade = causes.filter((one) => one.cause.includes("answered with 501"));
      const others = causes.filter((one) => !unmade.includes(one));
      const other = others.find((one) => exampleOf(operations, one) === undefined);
      const own = others.map((one) => exampleOf(operations, one)).find((place) => place !== undefined);
      const { cause, checks } = other ?? others[0] ?? { cause: "", checks: [] };
      // The mock gives an example as it is.
      if (other === undefined && own !== undefined) {
        throw new DocumentError(own, `an example does not fit its schema: ${cause.replace(/^.*?: /, "")}`);
      }
      if (other !== undefined) {
        const same = samePath(operations, other.operations[0]);
        if (same !== undefined) throw same;
        const all = report.passed + report.failed;
        throw new Error(`${report.failed} of ${all} checks failed: ${cause}, ${checks[0]}`);
      }
      refused ??= operations.find(({ id }) => id === unmade[0]?.operations[0])?.pointer;
      left += report.failed;
    }
    parts += 1;
    passed += report.passed;
    left += report.coverage.notExercised.length;
    unable ??= report.coverage.notExercised[0];
  } while (parts < total && performance.now() - started < BUDGET);
  if (passed === 0 && unable !== undefined) {
    const operation = operations.find(({ id }) => id === unable?.operation);
    throw new DocumentError(operation?.pointer ?? "", `nothing can be checked: ${unable.reason}`);
  }
  if (passed === 0 && refused !== undefined) {
    throw new DocumentError(refused, "nothing can be checked: the mock answers with 501");
  }
  // The mock does without it, but the docs show it, and somebody will copy it.
  const broken = brokenExample(spec);
  if (broken !== undefined) throw broken;
  const unanswered = refused === undefined ? "" : `; the mock does not answer #${refused}`;
  const some =
    parts === total ? "" : ` in ${parts} of ${total} parts; the others were left out, for they take long`;
  console.log(
    `the mock passes ${passed} checks${some}${left === 0 ? "" : `; ${left} cannot be made`}${unanswered}`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
