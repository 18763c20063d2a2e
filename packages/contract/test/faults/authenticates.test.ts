import { describeFaults } from "./find.ts";

describeFaults("authenticates");
