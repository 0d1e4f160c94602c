// Search by name, id, CIDR, account, Region or owner; an address or a CIDR finds the VPCs that hold a part of it.
const SHOWN = 30;
const textOf = (vpc) => [vpc.name, vpc.vpc_id, ...vpc.cidrs, vpc.account, vpc.region, vpc.owner].join("\n").toLowerCase();
const vpcTexts = estate.vpcs.map((vpc) => [vpc, textOf(vpc), vpc.cidrs.map(network)]);
const peeringTexts = estate.peerings.map((peering) => [peering, `${peering.id}\n${peering.name}`.toLowerCase()]);

function find(typed) {
  const words = typed.trim().toLowerCase(), asked = network(words);
  const byNetwork = asked ? vpcTexts.filter(([, , held]) => held.some((one) => overlaps(one, asked))).map(([vpc]) => vpc) : [];
  const byText = words.split(/\s+/);
  const found = asked ? byNetwork : vpcTexts.filter(([, text]) => byText.every((word) => text.includes(word))).map(([vpc]) => vpc);
  const lines = asked ? [] : peeringTexts.filter(([, text]) => byText.every((word) => text.includes(word))).map(([peering]) => peering);
  return { vpcs: found, peerings: lines, asked };
}

function option(kind, id, words, small) {
  return el("li", { role: "option", id: `option-${id}`, "data-kind": kind, "data-id": id, onmousedown: (event) => event.preventDefault(),
    onclick: () => take(kind, id) }, words, el("small", {}, small));
}

function take(kind, id) {
  closeSearch();
  choose(kind, id);
  if (state.view === "picture") bringIntoSight(chosenElements());
  byId("panel").querySelector("h2").focus();
}

function showFound() {
  const typed = byId("search").value, list = byId("found");
  if (!typed.trim()) { closeSearch(); state.matches = null; changed("matches"); return; }
  const found = find(typed);
  const lines = [
    ...found.vpcs.map((vpc) => () => option("vpc", vpc.id, nameOf(vpc), [vpc.vpc_id, cidrsOf(vpc), placeOf(vpc)].filter(Boolean).join(" \u00b7 "))),
    ...found.peerings.map((peering) => () => option("peering", peering.id, peering.name || betweenWords(peering), `${peering.id} \u00b7 ${MEANING[peering.verdict]}`)),
  ];
  const what = found.asked ? (found.asked.first === found.asked.last ? "with this address" : "that share addresses with this CIDR") : "";
  const note = `${many(found.vpcs.length, "VPC")} ${what}${found.peerings.length ? `, ${many(found.peerings.length, "peering")}` : ""}`.trim()
    + (lines.length > SHOWN ? `; the first ${SHOWN} are listed` : "");
  list.replaceChildren(el("li", { class: "note", role: "presentation" }, note), ...lines.slice(0, SHOWN).map((make) => make()));
  list.hidden = false;
  byId("search").setAttribute("aria-expanded", "true");
  byId("search").removeAttribute("aria-activedescendant");
  say(note);
  state.matches = [...found.vpcs, ...found.peerings].map((each) => each.id);
  changed("matches");
}

function closeSearch() {
  byId("found").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
}

function moveInFound(step) {
  const options = [...byId("found").querySelectorAll("[role=option]")];
  if (!options.length) return;
  const now = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const next = options[(now + step + options.length + (now < 0 && step < 0 ? 1 : 0)) % options.length];
  for (const each of options) each.setAttribute("aria-selected", String(each === next));
  next.scrollIntoView({ block: "nearest" });
  byId("search").setAttribute("aria-activedescendant", next.id);
}

function startSearch() {
  const box = byId("search");
  let waiting = 0;
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(showFound, 80); });
  box.addEventListener("focus", () => { if (box.value.trim()) showFound(); });
  box.addEventListener("blur", closeSearch);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); moveInFound(event.key === "ArrowDown" ? 1 : -1); }
    if (event.key === "Enter") {
      clearTimeout(waiting);
      showFound();
      const options = [...byId("found").querySelectorAll("[role=option]")];
      const at = options.find((each) => each.id === chosenOption) || options[0];
      if (at) take(at.dataset.kind, at.dataset.id);
    }
    if (event.key === "Escape") { event.stopPropagation(); box.value = ""; showFound(); byId("picture").focus(); }
    chosenOption = box.getAttribute("aria-activedescendant");
  });
}
let chosenOption = null;
