import fc from "fast-check";
import { judgePair } from "./judge.ts";
import { pair } from "./pairs.ts";
import { seeded } from "./random.ts";

const runs = Number(process.argv[2] ?? 500),
  seed = Number(process.argv[3] ?? 1);
const t = performance.now();
const details = fc.check(
  fc.property(pair, fc.nat(), (p, s) => {
    const j = judgePair(p, seeded(s));
    if (j.request.disagreement === "too weak" || j.response.disagreement === "too weak") {
      throw new Error(
        JSON.stringify(
          {
            p,
            w: j.witnesses,
            req: j.request.changes.map((c) => c.impact + ": " + c.text),
            res: j.response.changes.map((c) => c.impact + ": " + c.text),
            rd: j.request.disagreement,
            sd: j.response.disagreement,
          },
          null,
          1,
        ),
      );
    }
  }),
  { numRuns: runs, seed },
);
console.log(
  details.failed,
  details.numRuns,
  details.counterexample && JSON.stringify(details.counterexample[0]),
  String((details as any).errorInstance?.message ?? "").slice(0, 3000),
  (performance.now() - t).toFixed(0),
);
