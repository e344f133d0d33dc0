// The lead board: a card is dragged, chosen for or keyed to another column. It goes there at once;
// what the desk answers is what then stands, so a refused move comes back with its words.
const board = () => document.querySelector("#lead-board");
const closing = () => document.querySelector("#lead-close");
const CLOSED = { won: "Won?", lost: "Lost?" };
const refresh = () => document.body.dispatchEvent(new CustomEvent("leads-changed"));
let asked = null; // the card the dialog is about

const send = (card) => {
  card.classList.add("is-leaving");
  htmx.trigger(card.querySelector(".ld-move"), "submit");
};

const moveTo = (card, to) => {
  const form = card.querySelector(".ld-move");
  if (!form || form.elements.seen.value === to) return;
  form.elements.to.value = to;
  if (form.elements.to.value !== to) return refresh(); // the column takes nobody by hand
  if (!CLOSED[to]) return send(card);
  const dialog = closing();
  asked = card;
  dialog.querySelector("form").reset();
  dialog.querySelector("h2").textContent = CLOSED[to];
  dialog.querySelector("#lead-close-who").textContent = card.querySelector(".ld-who a").textContent;
  dialog.querySelector("[data-for=won]").hidden = to !== "won";
  dialog.querySelector("[name=reason]").required = to === "lost";
  dialog.returnValue = "";
  dialog.showModal();
};

// Sortable, which comes with the admin, tells the list a card was dropped into.
document.addEventListener("add", (event) => {
  if (event.to?.matches?.(".ld-cards")) moveTo(event.item, event.to.dataset.status);
});
document.addEventListener("change", (event) => {
  const select = event.target.closest(".ld-move select");
  if (select?.value) moveTo(select.closest(".ld-card"), select.value);
});
document.addEventListener("click", (event) => event.target.closest("[data-cancel]") && closing()?.close());
closing()?.addEventListener("close", () => {
  if (!asked) return;
  const card = asked;
  asked = null;
  if (closing().returnValue !== "yes") return refresh();
  const [said, form] = [closing().querySelector("form").elements, card.querySelector(".ld-move")];
  form.elements.reason.value = said.reason.value;
  form.elements.deal_value.value = form.elements.to.value === "won" ? said.deal_value.value : "";
  send(card);
});

// Arrows go from card to card; with Shift they take the card along.
const near = (card, step) => {
  const lists = [...board().querySelectorAll(".ld-cards")];
  return lists[lists.indexOf(card.closest(".ld-cards")) + step];
};
document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.(".ld-card");
  if (!card || event.target !== card || event.ctrlKey || event.metaKey || event.altKey) return;
  const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const along = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  if (side && event.shiftKey) {
    const list = near(card, side);
    if (list) moveTo(card, list.dataset.status);
  } else if (side) {
    let list = near(card, side);
    while (list && !list.querySelector(".ld-card")) list = near(list.firstElementChild ?? list, side);
    list?.querySelector(".ld-card")?.focus();
  } else if (along) {
    card[along]?.focus?.();
  } else if (event.key === "m") {
    card.querySelector("select")?.focus();
  } else if (event.key === "Enter") {
    card.querySelector(".ld-who a").click();
  } else {
    return;
  }
  event.preventDefault();
});

// A move that did not arrive is taken back: what the desk knows is what stands.
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    const card = event.detail.elt.closest?.(".ld-card");
    if (!card) return;
    card.classList.remove("is-leaving");
    const home = board().querySelector(`.ld-cards[data-status="${card.querySelector("[name=seen]").value}"]`);
    if (home && card.parentElement !== home) home.prepend(card);
    card.querySelector(".ld-move").reset();
  });
}
// The columns came anew: the card one had the focus on keeps it, wherever it stands now.
let focused = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "lead-board") focused = document.activeElement.closest?.(".ld-card")?.id ?? null;
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id === "lead-board" && focused) document.getElementById(focused)?.focus({ preventScroll: true });
});
