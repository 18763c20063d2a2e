import { jsonAnswer, type MockAnswer } from "./answer.ts";

/** One thing that is wrong with a request. */
export interface Reason {
  /** JSON Pointer (RFC 6901) into the request body; empty if it is about the request as a whole. */
  readonly path: string;
  /** The broken rule: the keyword of the schema, or a short name for what is wrong with the request. */
  readonly code: string;
  /** What is wrong, for people to read. */
  readonly message: string;
  /** The invalid parameter, if it is one; `path` then points into its value. */
  readonly parameter?: string;
  /** Set if the answer breaks the spec: `path` then points into its body. Only a proxy sees such answers. */
  readonly side?: "answer";
}

/**
 * Ends the handling of a request that is not carried out. It is thrown, but it is not an `Error`: it is an answer like any
 * other, and capturing a stack would dominate its cost.
 */
export class Refusal {
  readonly status: number;
  readonly message: string;
  readonly reasons: readonly Reason[];
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(
    status: number,
    message: string,
    reasons: readonly Reason[],
    headers?: Readonly<Record<string, string>>,
  ) {
    this.status = status;
    this.message = message;
    this.reasons = reasons;
    this.headers = headers;
  }

  toAnswer(): MockAnswer {
    return jsonAnswer(this.status, { message: this.message, errors: this.reasons }, this.headers);
  }
}

/** A refusal for one reason that is about the request as a whole. */
export function refuse(
  status: number,
  code: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): Refusal {
  return new Refusal(status, message, [{ path: "", code, message }], headers);
}

/** The refusal for a request that was stopped by an error: the refusal itself, or (500) a defect of the mock. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  // Say clearly that it is the mock's fault, so that nobody looks for it in their own request.
  const problem = error instanceof Error ? error.message : String(error);
  return refuse(500, "mock", `The mock itself failed: ${problem}.`);
}

/** The refusal (400) of a body whose sender disconnected. */
export function brokenOff(): Refusal {
  return refuse(400, "aborted", "The body was cut off.");
}

/** The refusal (413) of a body that is longer than `limit` bytes. */
export function tooLarge(limit: number): Refusal {
  return refuse(413, "size", `The body is longer than ${limit} bytes.`);
}
