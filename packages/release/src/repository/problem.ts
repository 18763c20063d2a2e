/** Something that a person has to fix. The message says what and how. */
export class Problem extends Error {
  override readonly name = "Problem";
}
