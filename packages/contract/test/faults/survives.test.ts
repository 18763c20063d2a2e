import { describeFaults } from "./find.ts";
import { survivesFaults } from "./survives.ts";

describeFaults(["survives"], survivesFaults);
