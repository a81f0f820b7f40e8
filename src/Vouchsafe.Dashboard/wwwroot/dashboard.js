// What the pages need of the browser. Loaded in the head, so that the chosen colours are there before the first paint.
window.vouchsafe = {
  isDark() {
    const chosen = localStorage.getItem("vouchsafe.dark");
    return chosen === null ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "1";
  },
  setDark(isDark) {
    localStorage.setItem("vouchsafe.dark", isDark ? "1" : "0");
    document.documentElement.classList.toggle("dark", isDark);
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
document.documentElement.classList.toggle("dark", window.vouchsafe.isDark());
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
