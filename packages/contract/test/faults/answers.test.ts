import { answersFaults } from "./answers.ts";
import { describeFaults } from "./find.ts";

describeFaults(["answers", "accepts"], answersFaults);
