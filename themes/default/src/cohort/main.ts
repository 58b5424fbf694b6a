// cohort.js: the page of a group. It marks the next date of the timetable, by the reader's own clock; without it the table is whole.
import { markNext } from "./cohort";

const now = new Date();
const two = (n: number) => String(n).padStart(2, "0");
markNext(document, `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`);
