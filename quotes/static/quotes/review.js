// Click a value: its words light up in the mail. Click words in the mail: their value lights up.
const light = (names) => {
  document.querySelectorAll(".cmp .is-lit").forEach((one) => one.classList.remove("is-lit"));
  const lit = (values) => values.split(" ").some((name) => names.includes(name));
  const words = [...document.querySelectorAll(".cmp mark")].filter((one) => lit(one.dataset.values));
  words.forEach((one) => one.classList.add("is-lit"));
  document.querySelectorAll(".cmp-input").forEach((one) => {
    one.classList.toggle("is-lit", names.includes(one.dataset.value));
  });
  return words;
};

document.addEventListener("click", (event) => {
  const words = event.target.closest(".cmp mark");
  if (words) {
    const names = words.dataset.values.split(" ");
    light(names);
    document.querySelector(`.cmp-input[data-value="${names[0]}"]`)?.scrollIntoView({ block: "nearest" });
  }
});

document.addEventListener("focusin", (event) => {
  const input = event.target.closest(".cmp-input");
  if (input) light([input.dataset.value])[0]?.scrollIntoView({ block: "nearest" });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-shows]");
  if (button) light([button.dataset.shows])[0]?.scrollIntoView({ block: "center", behavior: "smooth" });
});

// Once a value was changed, "Confirm as read" would throw the change away: it is switched off.
document.addEventListener("input", (event) => {
  const confirm = document.querySelector("[data-unchanged]");
  if (confirm && event.target.closest(".cmp-input")) {
    confirm.disabled = true;
    confirm.title = "You changed a value: save what is written here instead.";
    confirm.classList.remove("is-primary");
    document.querySelector('button[value="correct"]').classList.add("is-primary");
  }
});
