import type { Sent } from "../api/sender.ts";
import type { Meaning } from "../engine/classify.ts";
import type { Stop } from "../engine/summary.ts";
import type { Blocked, TurnResult } from "../store/turn.ts";

const FORBIDDEN = 403;

/** This many refusals for the credentials in a row, with none accepted, mean that it is not about the row. */
const FORBIDDEN_PATIENCE = 3;

/** Why a run stops with rows left to send. The first reason counts. */
export class Stopping {
  #stop: Stop | undefined;
  #forbidden = 0;
  readonly #isWorker: boolean;
  #funds: string | undefined;

  /** @param isWorker whether to wait during a lack of funds */
  constructor(isWorker: boolean) {
    this.#isWorker = isWorker;
  }

  get stop(): Stop | undefined {
    return this.#stop;
  }

  /** A lack of funds that was not reported yet. */
  get funds(): string | undefined {
    return this.#funds;
  }

  /** It was reported. */
  keptFunds(): void {
    this.#funds = undefined;
  }

  because(stop: Stop): void {
    this.#stop ??= stop;
  }

  /** Records what an answer says about the account and the credentials. */
  learn(meaning: Meaning, sent: Sent): void {
    if (meaning.kind === "accepted") this.#forbidden = Number.NEGATIVE_INFINITY;
    if (sent.kind === "answered" && sent.status === FORBIDDEN) this.#forbidden += 1;
    if (meaning.kind === "void" && meaning.pause) {
      const message =
        sent.kind === "answered"
          ? `The API does not accept the credentials: ${meaning.reason}`
          : `${meaning.reason}. Run resume with those that it was started with`;
      this.because({ by: "credentials", message });
    }
    if (this.#forbidden >= FORBIDDEN_PATIENCE) {
      this.because({ by: "credentials", message: "The API refuses every row for its credentials" });
    }
    if (meaning.kind === "refused" && meaning.cause === "funds") {
      this.#funds = `The account lacks funds: ${meaning.reason}`;
      if (!this.#isWorker) this.because({ by: "funds", message: this.#funds });
    }
  }
}

export const SILENT_API = "The API gives no usable answers";

/** Why nothing is sent although nothing has stopped it. */
export function waitsFor({ held, blocked, tickets, waits }: TurnResult): string | undefined {
  if (tickets.length > 0) return undefined;
  if (held !== undefined) return held;
  return blocked === undefined ? waits : overLimit(blocked);
}

/** Describes which row would exceed which limit. */
export function overLimit({ by, id, limit }: Blocked): string {
  const whose = by === "max-total" ? "of all rows together" : "of one row";
  return `${id} would exceed the limit ${whose}, which is ${limit}`;
}
