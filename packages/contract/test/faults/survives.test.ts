import { describeFaults } from "./find.ts";
import { pathFaults, survivesFaults } from "./survives.ts";

describeFaults(["survives"], survivesFaults);
describeFaults(["survives"], pathFaults, ["retrievePayoutLink"]);
