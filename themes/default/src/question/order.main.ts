// order.js: pages with something to put in order.
import { all } from "../page";
import { wakeOrder } from "./order";

for (const list of all(document, ".order")) wakeOrder(list);
