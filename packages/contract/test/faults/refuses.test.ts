import { describeFaults } from "./find.ts";

describeFaults("refuses");
