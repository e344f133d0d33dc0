// Dropping a list on the page, and saying at once what the chosen columns lack.
for (const drop of document.querySelectorAll("[data-drop]")) {
  const input = drop.querySelector("input[type=file]");
  const name = drop.querySelector("[data-name]");
  const words = name.textContent;
  const show = () => {
    const file = input.files[0];
    // A server that stops reading cuts the line, and no browser shows what it said.
    const tooLarge = file && file.size > Number(drop.dataset.most) ? drop.dataset.tooLarge : "";
    input.setCustomValidity(tooLarge);
    name.textContent = tooLarge || (file ? `${file.name}, ${(file.size / 1024).toLocaleString(undefined, { maximumFractionDigits: 0 })} kB` : words);
  };
  input.addEventListener("change", show);
  for (const kind of ["dragover", "dragenter"]) drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  });
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    show();
  });
}

const columns = document.querySelector(".im-columns-form");
if (columns) {
  const several = new Set(columns.dataset.several.split(" "));
  const notice = columns.querySelector("[data-twice]");
  const look = () => {
    const count = new Map();
    for (const select of columns.querySelectorAll("[data-field]")) {
      select.closest("tr").classList.toggle("is-left-out", !select.value);
      if (select.value) count.set(select.value, (count.get(select.value) ?? 0) + 1);
    }
    const twice = [...count].filter(([field, number]) => number > 1 && !several.has(field)).map(([field]) => field);
    notice.hidden = !twice.length;
    notice.textContent = `Several columns hold “${twice.join("”, “")}”: rows in which they differ stay out. Leave out all but one.`;
  };
  columns.addEventListener("change", look);
  look();
}
