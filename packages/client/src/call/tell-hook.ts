import { describe } from "../settings/redact.ts";

/** Tells a hook what has happened. It is too late for the hook to change that, so its failure changes nothing either. */
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
