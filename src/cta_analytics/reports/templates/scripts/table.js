// The table of answers: sort, filter, fold. All of it works on the rows that stand in the page.
const table = byId("answers-table");
if (table) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row, place) => ({
    row,
    place,
    name: row.cells[0].textContent.toLowerCase(),
    keys: row.dataset.s.split(" ").map((key) => (key === "" ? null : Number(key))),
    verdict: row.dataset.v || "",
    basis: row.dataset.b,
    lacks: row.hasAttribute("data-c"),
  }));
  const kinds = {
    all: () => true,
    visited: (line) => line.keys[1] > 0,
    moved: (line) => line.verdict !== "" && line.verdict !== "cannot_tell",
    measured: (line) => line.basis === "measured",
    cta: (line) => line.lacks,
  };
  const find = byId("find"), show = byId("show"), sorter = byId("sort"), more = byId("more");
  const buttons = Array.from(table.querySelectorAll(".sort"));
  let isFolded = true;

  const arrange = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = rows.filter((line) => kinds[show.value](line) && words.every((word) => line.name.includes(word)));
    const shown = new Set(isFolded ? fits.filter(first(data.first_rows)).map((line) => line.row) : fits.map((line) => line.row));
    for (const line of rows) line.row.hidden = !shown.has(line.row);
    byId("shown").textContent = data.texts.count.replace("{shown}", shown.size).replace("{count}", rows.length);
    byId("no-answer").hidden = fits.length > 0;
    more.parentElement.hidden = fits.length <= data.first_rows;
    more.textContent = isFolded ? data.texts.more.replace("{count}", fits.length) : data.texts.fewer;
  };
  const first = (count) => (_, place) => place < count;

  const sortBy = (button, direction) => {
    const key = button.dataset.key, sign = direction === "ascending" ? 1 : -1;
    rows.sort((a, b) => {
      if (key === "name") return sign * a.name.localeCompare(b.name) || a.place - b.place;
      const left = a.keys[key], right = b.keys[key];
      // What is not known stays at the end, whichever way the others go.
      if (left === null || right === null) return (left === null) - (right === null) || a.place - b.place;
      return sign * (left - right) || a.place - b.place;
    });
    body.append(...rows.map((line) => line.row));
    for (const other of buttons) other.closest("th").removeAttribute("aria-sort");
    button.closest("th").setAttribute("aria-sort", direction);
    sorter.value = key;
    arrange();
  };

  for (const button of buttons) {
    sorter.append(new Option(button.textContent, button.dataset.key));
    button.addEventListener("click", () => {
      const now = button.closest("th").getAttribute("aria-sort");
      const turned = now === "ascending" ? "descending" : "ascending";
      sortBy(button, now ? turned : button.dataset.first);
    });
  }
  sorter.addEventListener("change", () => {
    const button = buttons.find((one) => one.dataset.key === sorter.value);
    sortBy(button, button.dataset.first);
  });
  find.addEventListener("input", arrange);
  show.addEventListener("change", arrange);
  more.addEventListener("click", () => {
    isFolded = !isFolded;
    arrange();
  });
  const start = table.querySelector("[aria-sort] .sort");
  if (start) sorter.value = start.dataset.key;
  document.querySelector(".tools").hidden = false;
  arrange();
}
