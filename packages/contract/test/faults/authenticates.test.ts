import { authenticatesFaults } from "./authenticates.ts";
import { describeFaults } from "./find.ts";

describeFaults(["authenticates"], authenticatesFaults);
