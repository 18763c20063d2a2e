import type { Json } from "@dots-payouts/openapi";
import { type Risk, risksIn } from "../values/risks.ts";
import type { TestedOperation } from "./tested-operation.ts";

/** What a server has accepted so far, to find out why it refuses a valid request. */
export interface Accepted {
  note(tested: TestedOperation, body: Json | undefined): void;
  /** How many requests of an operation were accepted. */
  count(operation: string): number;
  /**
   * Values in a body that a server may refuse by its own rules: no accepted request had them, and they are not in
   * `values`.
   */
  excuses(tested: TestedOperation, body: Json): Risk[];
}

export function openAccepted(): Accepted {
  const counts = new Map<string, number>();
  const values = new Set<string>();
  const largest = new Map<string, number>();
  const isKnown = ({ pointer, value }: Risk): boolean =>
    typeof value === "number"
      ? value <= (largest.get(pointer) ?? Number.NEGATIVE_INFINITY)
      : values.has(idOf(pointer, value));
  return {
    note(tested, body) {
      const { id } = tested.operation;
      counts.set(id, (counts.get(id) ?? 0) + 1);
      if (body === undefined || tested.body === undefined) return;
      for (const { pointer, value } of risksOf(tested, body)) {
        if (typeof value === "number") {
          largest.set(pointer, Math.max(value, largest.get(pointer) ?? Number.NEGATIVE_INFINITY));
        } else values.add(idOf(pointer, value));
      }
    },
    count: (operation) => counts.get(operation) ?? 0,
    excuses: (tested, body) =>
      risksOf(tested, body).filter(
        (risk) => !isKnown(risk) && tested.body?.isGiven(risk.pointer, risk.value) !== true,
      ),
  };
}

function risksOf({ body, operation }: TestedOperation, value: Json): Risk[] {
  if (body === undefined) return [];
  // A key belongs to the caller and does not identify anything that exists.
  return risksIn(body.fields, value).filter(({ pointer }) => pointer !== operation.idempotencyKey?.pointer);
}

function idOf(pointer: string, value: Json): string {
  return `${pointer} ${JSON.stringify(value)}`;
}
