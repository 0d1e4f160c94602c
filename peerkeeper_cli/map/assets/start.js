// Put the page together.
function showFacts() {
  const accounts = new Set(estate.vpcs.map((vpc) => vpc.account)), regions = new Set(estate.vpcs.map((vpc) => vpc.region));
  byId("facts").textContent = [
    `${many(estate.vpcs.length, "VPC")} in ${many(accounts.size, "account")} and ${many(regions.size, "Region")}`,
    many(estate.peerings.length, "peering"), `read ${estate.at} UTC`, estate.masked ? "account ids masked" : "",
  ].filter(Boolean).join(" \u00b7 ");
}

function showCoverage() {
  const asked = estate.coverage.filter((one) => one.state !== "not enabled"), all = asked.length;
  const short = asked.filter((one) => one.state !== "read");
  const section = byId("coverage");
  if (!all) { section.textContent = "The command did not say what it read."; return; }
  if (!short.length) { section.textContent = `Read whole: ${many(all, "location")}.`; return; }
  const counts = [...counted(short, (one) => one.state)].map(([word, count]) => `${count} ${word}`).join(", ");
  section.className = "short";
  section.replaceChildren(el("details", {}, el("summary", {},
    el("strong", {}, `Not all was read: of ${many(all, "location")} ${counts}.`),
    " Dashed VPCs stand for what is missing; verdicts speak of the sides that were read."),
    el("ul", {}, short.map((one) => el("li", {}, el("b", {}, one.location), ` ${one.state}${one.words ? `: ${one.words}` : ""}`)))));
}

function showEmpty() {
  const empty = byId("empty");
  empty.hidden = estate.vpcs.length > 0;
  empty.textContent = estate.coverage.some((one) => !["read", "not enabled"].includes(one.state))
    ? "No VPC and no peering was read. See above what could not be read." : "There is no VPC and no peering in what was read.";
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  byId("theme").textContent = name === "dark" ? "Light" : "Dark";
  byId("theme").setAttribute("aria-label", name === "dark" ? "Use light colours" : "Use dark colours");
  if (cy) cy.style(look());
}

function startButtons() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let own = false;
  setTheme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => { if (!own) setTheme(dark.matches ? "dark" : "light"); });
  byId("theme").onclick = () => { own = true; setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"); };
  byId("as-picture").onclick = () => showView("picture");
  byId("as-table").onclick = () => showView("table");
  document.querySelector(".skip").onclick = (event) => { event.preventDefault(); showView("table"); byId("table").focus(); };
  byId("print").onclick = () => window.print();
  byId("show-legend").onclick = toggleLegend;
  byId("closer").onclick = () => zoomBy(1.3);
  byId("farther").onclick = () => zoomBy(1 / 1.3);
  byId("fit").onclick = fitAll;
  window.addEventListener("beforeprint", showPaper);
}

onChange((what) => {
  if (what === "filters") { renewLines(); if (state.view === "table") showTable(); }
  if (what === "filters" && state.chosen && state.chosen.kind === "bundle" && !bundles.has(state.chosen.id)) choose(null);
  if (what === "chosen") showPanel();
  renewFocus();
  if (what === "chosen" && state.chosen && state.view === "picture") bringIntoSight(chosenElements());
});

startButtons();
showFacts();
showCoverage();
showLegend();
showEmpty();
draw();
renewLines();
renewFocus();
fitAll();
sizeLabels();
tips();
startSearch();
startKeys();
performance.mark("peerkeeper-drawn");
const wanted = decodeURIComponent(location.hash.slice(1));
if (peerings.has(wanted)) choose("peering", wanted);
