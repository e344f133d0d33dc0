// Keys, copying and dialogs of the desk; everything that changes something goes through htmx.
const rows = () => [...document.querySelectorAll(".at-row")];
const current = () => document.activeElement.closest?.(".at-row") ?? document.querySelector(".at-row.is-chosen");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const panel = current()?.querySelector(".at-panel");
    if (panel) panel.querySelector("[data-close]").click();
    return;
  }
  if (event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = rows();
  const at = all.indexOf(current());
  if ((event.key === "j" || event.key === "k") && all.length) {
    const next = event.key === "j" ? Math.min(at + 1, all.length - 1) : Math.max(at - 1, 0);
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  } else if ("aesp".includes(event.key) && at >= 0) {
    all[at].querySelector(`[data-key="${event.key}"]`)?.click();
  } else if (event.key === "Enter" && at >= 0 && document.activeElement === all[at]) {
    all[at].querySelector('[data-key="p"]')?.click();
  } else if (document.querySelector(`[data-pane-key="${CSS.escape(event.key)}"]`)) {
    const wanted = document.querySelector(`[data-pane-key="${CSS.escape(event.key)}"]`);
    if (wanted.matches("textarea")) wanted.focus();
    else wanted.click();
  } else if (event.key === "?") {
    document.querySelector("#keys")?.showModal();
  } else {
    return;
  }
  event.preventDefault();
});

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const source = document.querySelector(copy.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.value);
    } catch {
      source.select();
      document.execCommand("copy");
    }
    const words = copy.textContent;
    copy.textContent = "Copied";
    setTimeout(() => (copy.textContent = words), 1500);
  }
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) document.querySelector(dismiss.dataset.dismiss).close();
  const close = event.target.closest("[data-close]");
  if (close) {
    const row = close.closest(".at-row");
    const panel = document.querySelector(close.dataset.close);
    const edited = panel.querySelector(".at-editor");
    panel.replaceChildren();
    row?.focus();
    if (edited) htmx.trigger("#queue-rows", "queue-refresh");
  }
});

// A dialog opens when its content has come, and closes when its form was answered.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "queue-dialog") event.detail.target.showModal();
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("[data-closes]");
  if (form && event.detail.successful) document.querySelector(form.dataset.closes).close();
});

// The theme writes a chosen file's name into a box of its own beside the input; ours have none.
for (const input of document.querySelectorAll(".at input[type=file]")) input.hasChangeListener = true;

// After an act the place is kept: the row that came instead, else the next one that waits.
let acted = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const row = event.detail.target.closest?.(".at-row");
  if (row && row === event.detail.target) acted = row.id;
  if (event.detail.target.id === "queue-rows") acted = current()?.id ?? acted;
  // A refusal comes with its words: show them instead of dropping them.
  if (event.detail.xhr.status === 403) {
    event.detail.shouldSwap = false;
    window.alert("You do not have the right to do this.");
  }
});
document.addEventListener("htmx:afterSettle", () => {
  if (!acted) return;
  const row = document.getElementById(acted);
  acted = null;
  if (row && !document.activeElement.closest("input, textarea, dialog")) row.focus({ preventScroll: true });
});

// What did not arrive is said and stays where it was typed; the note goes when the desk answers.
const trouble = document.createElement("p");
trouble.setAttribute("role", "alert");
trouble.className = "at-trouble";
trouble.textContent = "The desk does not answer just now. What you typed is still here; do it again in a moment.";
const isTrouble = (event) => event.type === "htmx:sendError" || event.detail.xhr.status >= 500;
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, (event) => isTrouble(event) && document.body.append(trouble));
}
document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && trouble.remove());

// A form that takes a while says so and is sent once; coming back to the page makes it whole again.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-busy]");
  if (!form || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button[type=submit], button:not([type])")) {
    button.dataset.words = button.textContent;
    button.textContent = form.dataset.busy;
    button.setAttribute("aria-busy", "true");
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) {
      button.textContent = button.dataset.words;
      button.removeAttribute("aria-busy");
    }
  }
});

// One tick for all: the box over a list ticks, or unticks, every box of that name in its form.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.tickAll;
  if (!name) return;
  for (const box of event.target.form.querySelectorAll(`input[name="${name}"]`)) box.checked = event.target.checked;
});

// A button that acts on what is ticked says how many that are.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  for (const button of form?.querySelectorAll("[data-counts]") ?? []) {
    const ticked = form.querySelectorAll(`input[name="${button.dataset.counts}"]:checked`).length;
    button.querySelector("b").textContent = ticked;
    button.disabled = !ticked;
  }
});

// What cannot be taken back is asked about once more; a panel in a table goes by its own button.
document.addEventListener("click", (event) => {
  const sure = event.target.closest("[data-confirm]");
  if (sure && !window.confirm(sure.dataset.confirm)) event.preventDefault();
  const clear = event.target.closest("[data-clear]");
  if (clear) document.querySelector(clear.dataset.clear).replaceChildren();
});

// Whoever was unticked stays unticked when the list comes anew.
let unticked = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "queue-rows") return;
  unticked = [...document.querySelectorAll("#queue-rows input[name=draft]:not(:checked)")].map((box) => box.value);
});
document.addEventListener("htmx:afterSettle", () => {
  for (const box of document.querySelectorAll("#queue-rows input[name=draft]:checked")) {
    if (!unticked.includes(box.value)) continue;
    box.checked = false;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  unticked = [];
});

// A link to a message that is folded away asks for all of them, and comes to it then.
document.addEventListener("DOMContentLoaded", () => {
  const all = document.querySelector("[data-shows-all]");
  if (!all || !location.hash.startsWith("#m-") || document.getElementById(location.hash.slice(1))) return;
  location.replace(all.href + location.hash);
});
