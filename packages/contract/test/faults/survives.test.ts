import { describeFaults } from "./find.ts";

describeFaults("survives");
describeFaults("paths");
