import { describe } from "../settings/redact.ts";

/** Calls a hook after the fact. If the hook fails, the call continues. */
export async function tellHook(
  name: string,
  secrets: readonly string[],
  tell: () => void | Promise<void>,
): Promise<void> {
  try {
    await tell();
  } catch (error) {
    console.warn(`@dots-payouts/client: ${name} failed: ${describe(error, secrets)}`);
  }
}
