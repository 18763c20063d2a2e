/** The suite could not run, which says nothing about the server's promises. The message is for a person to act on. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}
