// Keys on the comparison: j and k walk the lines, Enter opens the one in focus.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const rows = [...document.querySelectorAll("#compare-live tr[data-row]")];
  const at = rows.indexOf(document.activeElement.closest("tr[data-row]"));
  if ((event.key === "j" || event.key === "k") && rows.length) {
    const next = event.key === "j" ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0);
    rows[next].focus();
    event.preventDefault();
  } else if (event.key === "Enter" && document.activeElement.matches("tr[data-row]")) {
    document.activeElement.querySelector(".cmp-actions a")?.click();
  } else if (event.key === "Escape") {
    document.querySelectorAll("#compare-live details[open]").forEach((one) => one.removeAttribute("open"));
  }
});

// A refresh keeps the place: the line in focus, and how far the table was scrolled sideways.
let place = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "compare-live") return;
  const row = document.activeElement.matches("tr[data-row]") ? document.activeElement.dataset.row : null;
  place = { row, left: document.querySelector(".cmp-scroll")?.scrollLeft ?? 0 };
});
document.addEventListener("htmx:afterSettle", () => {
  if (!place) return;
  const scroll = document.querySelector(".cmp-scroll");
  if (scroll) scroll.scrollLeft = place.left;
  if (place.row) document.querySelector(`tr[data-row="${place.row}"]`)?.focus({ preventScroll: true });
  place = null;
});
