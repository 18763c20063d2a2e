import { describeFaults } from "./find.ts";
import { idempotencyFaults } from "./idempotency.ts";

describeFaults(["idempotency"], idempotencyFaults());
