"use strict";
const root = document.documentElement;
root.classList.add("has-scripts");

// Words of a mark beside the pointer, or at the mark itself when it was reached by keyboard.
const tip = document.createElement("div");
tip.className = "tip";
tip.setAttribute("role", "status");
document.body.append(tip);
let current = null;
const show = (mark, x, y) => {
  if (current) current.classList.remove("is-on");
  current = mark;
  tip.textContent = mark ? mark.dataset.says : "";
  if (!mark) return;
  mark.classList.add("is-on");
  const box = mark.getBoundingClientRect();
  const left = x === undefined ? box.left + box.width / 2 : x;
  const top = y === undefined ? box.top : y;
  tip.style.left = `${Math.max(4, Math.min(left + 12, root.clientWidth - tip.offsetWidth - 4))}px`;
  tip.style.top = `${top > tip.offsetHeight + 16 ? top - tip.offsetHeight - 10 : top + 18}px`;
};
for (const drawing of document.querySelectorAll("svg.drawing")) {
  const marks = [...drawing.querySelectorAll(".mark")];
  for (const mark of marks) {
    const title = mark.querySelector("title");
    mark.dataset.says = title.textContent;
    title.remove();
  }
  let place = marks.length - 1;
  drawing.tabIndex = 0;
  drawing.addEventListener("pointermove", (event) => show(event.target.closest(".mark"), event.clientX, event.clientY));
  drawing.addEventListener("pointerleave", () => show(null));
  drawing.addEventListener("blur", () => show(null));
  drawing.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") show(null);
    if (!step) return;
    event.preventDefault();
    place = current && marks.includes(current) ? (marks.indexOf(current) + step + marks.length) % marks.length : place;
    show(marks[place]);
  });
}

for (const box of document.querySelectorAll(".beside")) {
  const maps = [...box.querySelectorAll(".maps .figure")];
  const choose = (value) => maps.forEach((map) => map.classList.toggle("is-chosen", map.dataset.figure === value));
  for (const radio of box.querySelectorAll(".chooser input")) {
    radio.addEventListener("change", () => choose(radio.value));
    if (radio.checked) choose(radio.value);
  }
}

// A number is read from its words, so that the file holds no more digits than it shows.
const collator = new Intl.Collator(root.lang, { numeric: true });
const group = root.lang === "uk" ? /[\s\u202f]/g : /[\s,]/g;
const read = (text) => Number.parseFloat(text.replace(group, "").replace(",", ".").replace("\u2212", "-"));
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  heads.forEach((head, column) => {
    // No <button>: Chromium leaves those out of heads that it repeats on paper.
    const button = document.createElement("span");
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    button.append(...head.childNodes);
    head.append(button);
    const sort = () => {
      const isNumber = head.classList.contains("number");
      const order = head.getAttribute("aria-sort");
      const isDown = order ? order === "ascending" : isNumber;
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      const keyed = [...body.rows].map((row) => {
        const text = row.cells[column].textContent.trim();
        return { row, key: isNumber ? read(text) : text };
      });
      keyed.sort((one, other) => {
        if (!isNumber) return (isDown ? -1 : 1) * collator.compare(one.key, other.key);
        if (Number.isNaN(one.key) || Number.isNaN(other.key)) return Number.isNaN(one.key) - Number.isNaN(other.key);
        return (isDown ? -1 : 1) * (one.key - other.key);
      });
      body.append(...keyed.map((each) => each.row));
    };
    button.addEventListener("click", sort);
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sort();
    });
  });
}
