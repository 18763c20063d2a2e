/** Something that a person has to mend; the message says what and how. */
export class Problem extends Error {
  override readonly name = "Problem";
}
