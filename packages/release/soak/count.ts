import { type Judged, judgePair, type Verdict } from "./judge.ts";
import type { SchemaPair } from "./pairs.ts";
import { seeded } from "./random.ts";
import { reasonFor } from "./reasons.ts";

const AGREES = "agrees with the values";
const WEAK = "too weak";
const UNPROVED = "stricter: not proved, and no value found";

/** How often verdicts agree with values, by verdict. */
export class Count {
  readonly #counts = new Map<string, number>();
  readonly weak: { pair: SchemaPair; judged: Judged }[] = [];
  readonly unproved: { pair: SchemaPair; verdict: Verdict }[] = [];

  add(pair: SchemaPair, seed: number): void {
    const judged = judgePair(pair, seeded(seed));
    for (const side of ["request", "response"] as const) {
      const verdict = judged[side];
      const kind = kindOf(verdict);
      if (kind === WEAK) this.weak.push({ pair, judged });
      if (kind === UNPROVED) this.unproved.push({ pair, verdict });
      const key = `${side}|${kind}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** A table with one line for each kind of agreement. */
  table(): string {
    const total = [...this.#counts].reduce(
      (sum, [key, count]) => sum + (key.startsWith("request|") ? count : 0),
      0,
    );
    const kinds = [
      ...new Set([AGREES, WEAK, UNPROVED, ...[...this.#counts.keys()].map((key) => key.split("|")[1] ?? "")]),
    ];
    const cell = (side: string, kind: string): string => {
      const count = this.#counts.get(`${side}|${kind}`) ?? 0;
      return `${count} (${((100 * count) / total).toFixed(1)} %)`;
    };
    const lines = kinds.map((kind) => `| ${kind} | ${cell("request", kind)} | ${cell("response", kind)} |`);
    return [`| ${total} pairs | in a request | in a response |`, "| --- | --- | --- |", ...lines].join("\n");
  }
}

function kindOf(verdict: Verdict): string {
  if (verdict.disagreement === undefined) return AGREES;
  if (verdict.disagreement === "too weak") return WEAK;
  const reason = reasonFor(verdict);
  return reason === undefined ? UNPROVED : `stricter: ${reason}`;
}
