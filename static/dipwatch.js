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

/* Copies the link above the button, or the text that it names, where the browser lets pages copy; else marks it, to be
   copied by hand. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const named = button.dataset.copy;
  const place = named ? document.getElementById(named) : button.parentElement.querySelector(".link a");
  const copied = await navigator.clipboard?.writeText(place.href ?? place.textContent).then(() => true, () => false);
  if (!copied) getSelection().selectAllChildren(place);
  const said = place.href ? "Link copied" : "Copied";
  document.getElementById("announce").textContent = button.textContent = copied ? said : "Press Ctrl+C to copy";
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
/* The header's links and search box follow the scope bar. */
document.addEventListener("scope", (event) => {
  if (!event.target.closest(".scope")) return;
  for (const link of document.querySelectorAll(".top [data-scoped]")) link.search = event.detail.query;
  const search = document.querySelector(".top .search");
  for (const field of search.querySelectorAll("[type=hidden]")) field.remove();
  for (const [name, value] of new URLSearchParams(event.detail.query)) {
    search.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
});
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute?.("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute?.("aria-busy"));
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

/* Keys: / goes to the search box; within the list of statements n and p lead on and back, c copies the citation and e
   corrects. They can be switched off in the account menu. */
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.documentElement.dataset.keys === "off") return;
  const box = event.key === "/" && (document.getElementById("words") ?? document.getElementById("q"));
  if (box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
  const note = event.target.closest(".note");
  if (!note) return;
  if (event.key === "n") note.nextElementSibling?.focus();
  if (event.key === "p") note.previousElementSibling?.focus();
  if (event.key === "c") {
    note.querySelector(".cite").open = true;
    note.querySelector(".cite [data-copy]").click();
  }
  if (event.key === "e") note.querySelector("[data-key=e]")?.click();
});

/* Timeline: the chart takes the place of the drawing once the page stands. Colours come from the style sheet. */
const WIDE = matchMedia("(min-width: 60rem)"); // as in the style sheet

function colours() {
  const probe = document.body.appendChild(document.createElement("i"));
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const sides = ["support", "oppose", "neutral"];
  const names = ["paper", "ink", "muted", "raised", "edge", "declined", ...sides, ...sides.map((side) => `${side}-pale`)];
  const palette = Object.fromEntries(names.map((name) => [`@${name}`, read(name)]));
  Object.assign(palette, {
    "@neutral": read("edge"), "@mixed": read("ink"), "@mixed-pale": read("neutral-pale"),
    "@declined-pale": read("neutral-pale"), "@clear": "transparent",
  });
  probe.remove();
  return palette;
}

async function drawChart() {
  const chart = document.getElementById("chart");
  if (!chart) return;
  const say = (text) => { document.getElementById("chart-note").textContent = text; };
  const plot = document.getElementById("plot");
  roam(chart);
  try {
    const [answer] = await Promise.all([fetch(chart.dataset.figure), window.Plotly || load(chart.dataset.src)]);
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const palette = colours();
    const { data, layout } = JSON.parse(await answer.text(), (_, value) => palette[value] ?? value);
    const other = WIDE.matches ? "narrow" : "wide"; // words that overlap, or say too little, at this width
    layout.annotations = layout.annotations.filter((note) => note.name !== other);
    if (!chart.isConnected) return;
    await Plotly.react(plot, data, layout, {
      displaylogo: false, showSendToCloud: false, responsive: true, doubleClick: false,
      modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "resetScale2d"],
    });
  } catch {
    return say("Interactive view could not load. The chart and table below are complete.");
  }
  if (!plot.dataset.wired) wire(plot);
  chart.classList.add("drawn");
  say("Drag across the chart to zoom; double-click to see all the time there is. A click on a mark opens its evidence.");
  document.body.dataset.chart = "ready";
}

/* Clicks lead to the evidence; zooming is written into the address while it goes on and kept in the history at its end. */
function wire(plot) {
  const page = here();
  const zoomed = (event) => {
    const key = Object.keys(event).find((name) => /^xaxis\d*\.range\[0\]$/.test(name));
    if (!key) return null;
    const url = new URL(page, location.href);
    url.searchParams.delete("page");
    url.searchParams.set("from", event[key].slice(0, 10));
    url.searchParams.set("to", event[key.replace("[0]", "[1]")].slice(0, 10));
    return url;
  };
  plot.dataset.wired = "yes";
  plot.on("plotly_click", (event) => {
    const to = event.points[0].customdata;
    if (to) location.assign(to);
  });
  plot.on("plotly_relayouting", (event) => {
    const url = zoomed(event);
    if (url) history.replaceState(history.state, "", url);
  });
  plot.on("plotly_relayout", (event) => {
    const url = zoomed(event);
    if (!url) return;
    history.replaceState(history.state, "", page);
    const form = document.querySelector("form.scope");
    for (const name of ["from", "to"]) form.elements[name].value = url.searchParams.get(name);
    htmx.ajax("GET", url.pathname + url.search, { target: "#timeline", swap: "outerHTML" });
  });
  plot.on("plotly_doubleclick", () => document.getElementById("unzoom")?.click());
}

/* The marks of the drawing by keyboard: one stop of the Tab key; arrows go along the lane and between lanes. */
function roam(chart) {
  const drawing = chart.querySelector(".lanes");
  const lanes = [...drawing.querySelectorAll(".marks")];
  const first = drawing.querySelector(".marks a");
  if (!first || drawing.dataset.roams) return;
  drawing.dataset.roams = "yes";
  drawing.removeAttribute("aria-hidden");
  first.tabIndex = 0;
  const at = (mark) => parseFloat(mark.querySelector("use").getAttribute("x"));
  drawing.addEventListener("keydown", (event) => {
    const mark = event.target.closest(".marks a");
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    const lane = [...mark.parentNode.children];
    const number = lane.indexOf(mark);
    const beside = (step) => {
      const next = lanes[lanes.indexOf(mark.parentNode) + step];
      return next && [...next.children].sort((a, b) => Math.abs(at(a) - at(mark)) - Math.abs(at(b) - at(mark)))[0];
    };
    const moves = {
      ArrowLeft: () => lane[number - 1], ArrowRight: () => lane[number + 1], Home: () => lane[0],
      End: () => lane.at(-1), ArrowUp: () => beside(-1), ArrowDown: () => beside(1),
    };
    if (event.key === "t" && document.documentElement.dataset.keys !== "off") document.getElementById("data").toggleAttribute("open");
    const to = moves[event.key]?.();
    if (moves[event.key]) event.preventDefault();
    if (!to) return;
    mark.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });
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
  WIDE.addEventListener("change", drawChart);
  if (innerWidth < 640) document.getElementById("data").open = true;
}
