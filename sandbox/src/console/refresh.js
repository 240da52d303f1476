// Keeps a page up to date while nobody is typing, reading a detail or selecting text on it.
"use strict";
(() => {
  const main = document.querySelector("main[data-refresh]");
  if (!main) return;
  const note = document.getElementById("refreshes");
  if (note) note.hidden = false;
  const busy = () =>
    document.hidden ||
    main.querySelector("details[open]") ||
    (main.contains(document.activeElement) && document.activeElement.matches("input, select, button, a, summary")) ||
    [...main.querySelectorAll("input:not([type=hidden]), select")].some((field) => field.value !== field.dataset.initial) ||
    !document.getSelection().isCollapsed;
  const remember = () => {
    for (const field of main.querySelectorAll("input, select")) field.dataset.initial = field.value;
  };
  remember();
  setInterval(async () => {
    if (busy()) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
      if (fresh && !busy() && fresh.innerHTML !== main.dataset.last) {
        main.dataset.last = fresh.innerHTML;
        main.replaceChildren(...fresh.childNodes);
        remember();
      }
    } catch {
      // The sandbox has stopped; what is shown stays.
    }
  }, Number(main.dataset.refresh));
})();
