import { describeFaults } from "./find.ts";
import { refusesFaults } from "./refuses.ts";

describeFaults(["refuses"], refusesFaults);
