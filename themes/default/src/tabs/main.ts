// tabs.js: pages with tabs.
import { Tabs } from "./tabs";

customElements.define("waymark-tabs", Tabs);
