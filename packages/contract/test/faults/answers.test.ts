import { describeFaults } from "./find.ts";

describeFaults("answers");
