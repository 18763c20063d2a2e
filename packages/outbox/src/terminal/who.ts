import { userInfo } from "node:os";
import { processName } from "../process-name.ts";

/** Who runs the command, for the history. */
export function who(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without a name, as in a container.
    return processName();
  }
}
