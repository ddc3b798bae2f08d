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
