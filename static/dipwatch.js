/* What pages do beyond links and forms: the drawer, what is announced, the interactive chart. All works without. */
"use strict";

const here = () => location.pathname + location.search;

/* Drawer: a cell's page beside the matrix. Its address is pushed by htmx; closing goes back to the page's own. */
const drawer = document.getElementById("drawer");
if (drawer) {
  const body = document.getElementById("drawer-body");
  let page = here(), title = document.title, pushed = 0;

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target === body && !drawer.open) [page, title, pushed] = [here(), document.title, 0];
  });
  document.addEventListener("htmx:pushedIntoHistory", () => { pushed += 1; });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!body.contains(event.detail.target)) return;
    if (!drawer.open) drawer.showModal();
    drawer.scrollTop = 0;
    document.getElementById("position-title").focus();
  });
  drawer.addEventListener("click", (event) => { if (event.target === drawer) drawer.close(); });
  drawer.addEventListener("close", () => {
    body.replaceChildren();
    document.title = title;
    if (here() !== page) history.go(-pushed);
  });
  // Before htmx hears of it: the page is still there underneath, so nothing need be loaded again.
  window.addEventListener("popstate", (event) => {
    if (here() !== page) return;
    event.stopImmediatePropagation();
    drawer.close();
  }, true);
}

/* Menus close on a click elsewhere and on Escape, which returns to the button. */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest(".menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

/* Copies the link above the button, where the browser lets pages copy; else marks it, to be copied by hand. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const link = button.parentElement.querySelector(".link a");
  const copied = await navigator.clipboard?.writeText(link.href).then(() => true, () => false);
  if (!copied) getSelection().selectAllChildren(link);
  document.getElementById("announce").textContent = button.textContent = copied ? "Link copied" : "Press Ctrl+C to copy";
});

/* After a filter: old errors go, the new counts are read out. A session that has ended leads to the sign-in page. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = event.detail.xhr.responseURL;
  if (answered && new URL(answered).pathname === "/sign-in/") {
    event.detail.shouldSwap = false;
    location.assign(answered);
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.failed) return;
  const status = event.detail.target.id && document.querySelector(`#${event.detail.target.id} [data-status]`);
  if (!status) return;
  document.getElementById("problems")?.replaceChildren();
  document.getElementById("announce").textContent = status.textContent;
  drawChart();
});
document.addEventListener("htmx:sendError", () => {
  document.getElementById("announce").textContent = "No connection: nothing was changed. Try again.";
});

/* Article page: pointing at a statement marks its sentence, and the other way round. */
function light(event) {
  const from = event.target.closest?.("[data-s]");
  const ids = from ? from.dataset.s.split(" ") : [];
  for (const other of document.querySelectorAll("mark[data-s], .note[data-s]")) {
    other.classList.toggle("lit", other.dataset.s.split(" ").some((id) => ids.includes(id)));
  }
}
if (document.querySelector(".reader")) {
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
}

/* Timeline: the chart takes the place of the drawing once the page stands. Colours come from the style sheet. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const probe = document.body.appendChild(document.createElement("i"));
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const names = ["paper", "ink", "muted", "raised", "support", "oppose", "declined"];
  const palette = Object.fromEntries(names.map((name) => [`@${name}`, read(name)]));
  palette["@neutral"] = read("edge");
  palette["@clear"] = "transparent";
  probe.remove();
  return palette;
}

async function drawChart() {
  const chart = document.getElementById("chart");
  if (!chart) return;
  const plot = document.getElementById("plot");
  try {
    if (!window.Plotly) await load(chart.dataset.src);
  } catch {
    return; // the drawing and the table are complete without it
  }
  const palette = colours();
  const figure = JSON.parse(document.getElementById("figure").textContent, (_, value) => palette[value] ?? value);
  const config = {
    displaylogo: false, showSendToCloud: false, responsive: true,
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
  };
  await Plotly.react(plot, figure.data, figure.layout, config);
  plot.on("plotly_click", (event) => location.assign(event.points[0].customdata));
  chart.classList.add("drawn");
  document.body.dataset.chart = "ready";
}

function load(src) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

if (document.getElementById("chart")) {
  const start = () => ("requestIdleCallback" in window ? requestIdleCallback(drawChart) : setTimeout(drawChart, 200));
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawChart);
}
