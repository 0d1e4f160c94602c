// The keyboard. In the picture the arrows go from peering to peering, in the table's order: what does not carry first.
let cursor = -1;

function moveTo(step) {
  const shown = shownPeerings();
  if (!shown.length) return;
  if (state.chosen && state.chosen.kind === "peering") cursor = shown.findIndex((peering) => peering.id === state.chosen.id);
  cursor = (cursor + step + shown.length + (cursor < 0 && step < 0 ? 1 : 0)) % shown.length;
  const peering = shown[cursor];
  state.matches = [peering.id];
  if (state.chosen) choose("peering", peering.id); else changed("matches");
  bringIntoSight(asElements([peering.id]).union(asElements([peering.id]).connectedNodes()));
  say(`${cursor + 1} of ${shown.length}: ${betweenWords(peering)}, ${MEANING[peering.verdict]}. ${marksInWords(peering)}`);
}

function inPicture(event) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  if (event.key in steps) { event.preventDefault(); moveTo(steps[event.key]); }
  if (event.key === "Enter" && state.matches && peerings.has(state.matches[0])) {
    choose("peering", state.matches[0]);
    byId("panel").querySelector("h2").focus();
  }
  if (event.key === "+" || event.key === "=") zoomBy(1.3);
  if (event.key === "-") zoomBy(1 / 1.3);
  if (event.key === "0") fitAll();
}

function closeWhatIsOpen() {
  if (byId("legend").classList.contains("open")) { toggleLegend(); byId("show-legend").focus(); return; }
  const inside = byId("panel").contains(document.activeElement), was = state.chosen;
  byId("search").value = "";
  state.matches = null;
  choose(null);
  changed("matches");
  if (!inside) return;
  const row = was && state.view === "table" && byId("table").querySelector(`[data-peering="${was.id}"]`);
  (row || byId(state.view)).focus();
}

function toggleLegend() {
  const open = byId("legend").classList.toggle("open");
  byId("show-legend").setAttribute("aria-expanded", String(open));
}

function startKeys() {
  byId("picture").addEventListener("keydown", inPicture);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); byId("search").focus(); byId("search").select(); }
    if (event.key === "Escape") closeWhatIsOpen();
  });
}
