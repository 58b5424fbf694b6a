// kept.js: what reads progress that is kept, and says when it cannot be. A first visit does without it.
import { reader } from "./kept";
import { sayTrouble } from "./trouble";

if (window.waymark) Object.assign(window.waymark, { reader, trouble: sayTrouble });
