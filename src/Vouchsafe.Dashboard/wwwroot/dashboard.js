// What the pages need of the browser.
window.vouchsafe = {
  prefersDark() {
    return matchMedia("(prefers-color-scheme: dark)").matches;
  },
  // The choice stands in a cookie, so that the server's page has its colours before anything is painted.
  setDark(isDark) {
    const colours = isDark ? "dark" : "light";
    document.cookie = `vouchsafe-colours=${colours}; Path=/; Max-Age=31536000; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
    document.documentElement.classList.remove("dark", "light");
    document.documentElement.classList.add(colours);
  },
  print() {
    window.print();
  },
  isVisible() {
    return document.visibilityState === "visible";
  },
  // Changes the query of a page, unless another page has taken its place.
  refine(path, url) {
    if (location.pathname === path) Blazor.navigateTo(url, { replaceHistoryEntry: true });
  },
  async copy(text) {
    // Browsers offer the clipboard to https and to this machine only; an installation in a private network may have neither.
    try {
      if (navigator.clipboard) {
        await navigator.clipboard.writeText(text);
        return true;
      }
    } catch {
      // Refused by the browser or its user; the older way may still be open.
    }
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  },
  select(field) {
    field.focus();
    field.select();
  },
};
// The buttons of a page whose connection broke.
document.addEventListener("click", event => {
  const asked = event.target.closest?.("[data-reconnect]")?.dataset.reconnect;
  if (asked === "load") location.reload();
  if (asked === "again") Blazor.reconnect();
});
// Lists whose order is dragged: the picture under the pointer is the whole element, and only its own list takes it.
let dragged = null;
document.addEventListener("dragstart", event => {
  const item = event.target.closest?.(".reorder-handle")?.closest(".reorder-item");
  if (!item) return;
  dragged = item.parentElement;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(item, 24, item.clientHeight / 2);
});
document.addEventListener("dragover", event => {
  if (dragged && event.target.closest?.(".reorder") === dragged) event.preventDefault();
});
document.addEventListener("dragend", () => dragged = null);
