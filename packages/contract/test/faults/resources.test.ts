import { describeFaults } from "./find.ts";

describeFaults("resources");
