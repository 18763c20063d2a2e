import { OutboxError } from "../outbox-error.ts";

/** Input that is not UTF-8 would be sent with wrong letters. */
export async function* decode(bytes: AsyncIterable<unknown>): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const read = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new OutboxError("The rows are not in UTF-8. Save the file as UTF-8 (in Excel: CSV UTF-8)");
    }
  };
  for await (const chunk of bytes) {
    if (!(chunk instanceof Uint8Array)) throw new Error("the input is not bytes");
    yield read(chunk);
  }
  yield read();
}
