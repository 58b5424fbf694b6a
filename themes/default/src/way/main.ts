// way.js: module pages, when the reader follows another path than the one that the page shows.
import { placeOf } from "./place";
import { showPlace } from "./way";

const app = window.waymark?.app;
const usual = app?.page.places?.[0];
const place = app && placeOf(app.page.places ?? [], app.store.get());
if (app && usual && place && place !== usual) showPlace(app, place, usual);
