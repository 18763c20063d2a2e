import { describeFaults } from "./find.ts";

describeFaults("idempotency");
