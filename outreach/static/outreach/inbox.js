// The inbox: on a narrow page the open conversation takes the list's place; a list that came
// anew keeps what is chosen and where the focus was.
const talks = () => document.querySelectorAll(".at-talk-row");
let focused = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "inbox-list") focused = document.activeElement.closest?.(".at-row")?.id ?? null;
});
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target.id;
  if (target !== "inbox-pane" && target !== "inbox-list") return;
  if (target === "inbox-pane") document.querySelector("#inbox").classList.add("is-open");
  const chosen = new URLSearchParams(location.search).get("c");
  for (const row of talks()) row.classList.toggle("is-chosen", row.id === `t-${chosen}`);
  keepPlace();
  if (target === "inbox-list" && focused) document.getElementById(focused)?.focus({ preventScroll: true });
});
// The next one to work on: below the one that is open, or where it stood before it was dealt with.
let place = 0;
const chosenAt = () => [...talks()].findIndex((row) => row.classList.contains("is-chosen"));
const keepPlace = () => (place = chosenAt() < 0 ? place : chosenAt());
document.addEventListener("DOMContentLoaded", keepPlace);
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-next]")) return;
  const next = talks()[chosenAt() < 0 ? place : place + 1] ?? talks()[0];
  next?.querySelector(".at-talk-link").click();
  next?.focus();
});
document.addEventListener("change", (event) => {
  const from = event.target.closest("[data-canned]");
  if (!from || !from.value) return;
  const into = document.querySelector(from.dataset.canned);
  into.setRangeText(from.value, into.selectionStart, into.selectionEnd, "end");
  from.value = "";
  into.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest(".at-reply")) {
    event.target.closest("form").requestSubmit();
  }
});

// The last words of a conversation are what one opens it for; where earlier ones were asked for,
// what was in sight stays there. On a narrow page the page scrolls, else the thread in its frame.
let fromTheEnd = null;
const frame = (thread) => (thread.scrollHeight > thread.clientHeight ? thread : document.scrollingElement);
const showLast = () => {
  const thread = document.querySelector(".at-pane-thread");
  if (!thread) return;
  const scrolled = frame(thread);
  if (fromTheEnd !== null) scrolled.scrollTop = scrolled.scrollHeight - fromTheEnd;
  else if (scrolled === thread) thread.scrollTop = thread.scrollHeight;
  else if (matchMedia("(max-width: 64rem)").matches) thread.querySelector(".at-say:last-of-type")?.scrollIntoView();
  fromTheEnd = null;
};
document.addEventListener("htmx:beforeSwap", (event) => {
  const thread = document.querySelector(".at-pane-thread");
  if (event.detail.target.id !== "inbox-pane" || !thread || !event.detail.requestConfig.elt.matches("[data-keeps-place]")) return;
  fromTheEnd = frame(thread).scrollHeight - frame(thread).scrollTop;
});
document.addEventListener("DOMContentLoaded", showLast);
document.addEventListener("htmx:historyRestore", showLast);
document.addEventListener("htmx:afterSettle", (event) => event.detail.target.id === "inbox-pane" && showLast());
