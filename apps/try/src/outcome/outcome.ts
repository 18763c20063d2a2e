/** What happened to one step. */
export interface Outcome {
  readonly step: string;
  /** `refused`: the step said what it can't do and where; `failed`: it broke; `skipped`: it needs an earlier one. */
  readonly result: "works" | "refused" | "failed" | "skipped";
  /** Where in the description: a JSON Pointer, after the file's name where that is known. */
  readonly place?: string;
  /** What was done, or why not. */
  readonly detail: string;
}

/** That a step can't do what a description asks for. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly place: string | undefined;

  constructor(place: string | undefined, reason: string) {
    super(reason);
    this.place = place;
  }
}

/** A command that did not do its work. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  /** What it printed, by lines, its complaints first. */
  readonly lines: readonly string[];
  readonly tookTooLong: boolean;

  constructor(command: string, printed: string, tookTooLong: boolean) {
    super(`${command} failed`);
    this.lines = printed.split("\n");
    this.tookTooLong = tookTooLong;
  }
}
