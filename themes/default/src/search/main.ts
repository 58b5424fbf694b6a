// search.js: loaded when the search is opened for the first time.
import { Dialog } from "./dialog";
import { Finder } from "./finder";
import { loaderFrom } from "./load";
import type { Search } from "./open";
import { Results } from "./results";

const door = window.waymark;
if (door) {
  let finder: Finder | undefined;
  const finderOf = (root: string) => (finder ??= new Finder(loaderFrom(root + "data/search/")));
  const search: Search = {
    dialog: (dialog, root, say) => new Dialog(dialog, finderOf(root), root, say).wake(),
    page: (main, query, root, say) => new Results(finderOf(root), root, say).wake(main, query),
    Finder,
  };
  door.finder = search;
}
