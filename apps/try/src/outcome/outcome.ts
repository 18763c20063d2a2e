/** The result of one step. */
export interface Outcome {
  readonly step: string;
  /** `refused`: the step said what it can't do and where; `failed`: it broke; `skipped`: it needs an earlier one. */
  readonly result: "works" | "refused" | "failed" | "skipped";
  /** Where in the description: a JSON Pointer, after the file's name if known. */
  readonly place?: string;
  /** What was done, or why not. */
  readonly detail: string;
}

/** A step does not support what a description requires. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly place: string | undefined;

  constructor(place: string | undefined, reason: string) {
    super(reason);
    this.place = place;
  }
}

/** A command that failed. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  /** The lines of its output, errors first. */
  readonly lines: readonly string[];
  readonly tookTooLong: boolean;

  constructor(command: string, printed: string, tookTooLong: boolean) {
    super(`${command} failed`);
    this.lines = printed.split("\n");
    this.tookTooLong = tookTooLong;
  }
}
