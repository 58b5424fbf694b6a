// cohort.js: the page of a group. It marks the next date of the timetable, by the reader's own clock; without it the table is whole.
import { dayOf, momentOf } from "../progress/progress";
import { markNext } from "./cohort";

markNext(document, dayOf(momentOf(Date.now())));
