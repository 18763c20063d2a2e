/** The suite could not run, which says nothing about the server's promises. The message says what to do. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}
