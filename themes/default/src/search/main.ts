// search.js: loaded when the search is opened for the first time.
import { Dialog } from "./dialog";
import { Finder } from "./finder";
import { loaderFrom } from "./load";
import type { Search } from "./open";
import { Results } from "./results";
import { makeDialog } from "./shell";

const door = window.waymark;
if (door) {
  let finder: Finder | undefined;
  const finderOf = (root: string) => (finder ??= new Finder(loaderFrom(root + "data/search/")));
  const search: Search = {
    dialog(root, full, say) {
      const dialog = makeDialog(say);
      document.body.append(dialog);
      new Dialog(dialog, finderOf(root), root, full, say).wake();
      return dialog;
    },
    page: (main, query, root, say) => new Results(finderOf(root), root, say).wake(main, query),
    Finder,
  };
  door.finder = search;
}
