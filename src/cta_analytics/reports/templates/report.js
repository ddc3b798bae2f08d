(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);

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

  // The charts: Plotly is inflated once the page is painted; until then, and wherever it cannot be, the pictures stand.
  const isDark = matchMedia("(prefers-color-scheme: dark)");
  const themed = (figure) => {
    const text = JSON.stringify(figure);
    return JSON.parse(isDark.matches ? text.replace(/#[0-9a-f]{6}/g, (colour) => data.dark[colour] || colour) : text);
  };
  const options = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
  const plots = Array.from(document.querySelectorAll(".plot"));

  const draw = (plot) => {
    plot.hidden = false;
    plot.previousElementSibling.hidden = true;
    const figure = themed(data.charts[plot.dataset.chart]);
    const isNarrow = plot.clientWidth < data.narrow;
    plot.dataset.narrow = isNarrow;
    return window.Plotly.react(plot, figure.data, isNarrow ? figure.narrow : figure.layout, options);
  };
  const redrawTurned = () => plots.filter((plot) => String(plot.clientWidth < data.narrow) !== plot.dataset.narrow).forEach(draw);
  const inflate = async () => {
    const packed = Uint8Array.from(atob(byId("plotly").textContent), (char) => char.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.body.append(script);
  };
  const start = async () => {
    if (!plots.length || !("DecompressionStream" in window)) return;
    await inflate();
    if (!window.Plotly) return;
    await Promise.all(plots.map(draw));
    isDark.addEventListener("change", () => plots.forEach(draw));
    window.addEventListener("resize", redrawTurned);
    document.documentElement.dataset.charts = "drawn";
  };
  requestAnimationFrame(() => setTimeout(start, 0));
})();
