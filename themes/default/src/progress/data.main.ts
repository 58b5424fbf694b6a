// data.js: loaded when the learner first does something with the data, or came with a resume link.
import { wakeData } from "./data";

if (window.waymark) window.waymark.data = wakeData;
