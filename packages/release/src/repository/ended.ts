/** How a command ended. */
export interface Ended {
  /** 0: done, 1: the release is too small, 2: something has to be fixed first. */
  readonly code: 0 | 1 | 2;
  readonly text: string;
}
