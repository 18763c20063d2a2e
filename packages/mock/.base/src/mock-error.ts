/** The mock cannot start or cannot take a new spec. The message is one line that says what to do. */
export class MockError extends Error {
  override readonly name = "MockError";
}
