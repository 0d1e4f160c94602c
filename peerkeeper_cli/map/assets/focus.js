// What is chosen or found stands out: the rest fades.
const FOCUS = "faded lit chosen match";

function focusOf() {
  if (!state.chosen && hovered) return { lines: peeringsOf.get(hovered).filter(peeringShown).map((peering) => peering.id), cards: [hovered] };
  if (state.chosen && state.chosen.kind === "bundle") {
    const bundle = bundles.get(state.chosen.id);
    return { lines: bundle ? bundle.members.map((peering) => peering.id) : [], cards: [] };
  }
  if (state.chosen && state.chosen.kind === "vpc") {
    const lines = peeringsOf.get(state.chosen.id).filter(peeringShown);
    return { lines: lines.map((peering) => peering.id), cards: [state.chosen.id] };
  }
  if (state.chosen) return { lines: [state.chosen.id], cards: [] };
  if (state.matches) return { lines: state.matches.filter((id) => peerings.has(id)), cards: state.matches.filter((id) => vpcs.has(id)) };
  return null;
}

let hovered = null;  // the VPC under the pointer: its lines stand out, as long as nothing is chosen
let hoverTimer = 0;
function hover(id) {
  clearTimeout(hoverTimer);
  hoverTimer = setTimeout(() => { hovered = id; if (!state.chosen) renewFocus(); }, id ? 120 : 60);
}

const asElements = (ids) => ids.reduce((sum, id) => sum.union(cy.getElementById(id)), cy.collection());

function renewFocus() {
  const focus = focusOf();
  cy.batch(() => {
    drawLines(new Set([...ownLines, ...(focus ? focus.lines : [])]));
    cy.elements().removeClass(FOCUS);
    if (!focus) return;
    const lines = asElements(focus.lines), cards = asElements(focus.cards).union(lines.connectedNodes());
    cy.edges().difference(lines).addClass("faded");
    cy.nodes(".vpc").difference(cards).addClass("faded");
    lines.addClass("lit");
    cards.addClass("lit");
    if (state.chosen) cy.getElementById(state.chosen.id).addClass("chosen");
    else cards.addClass("match");
  });
}

function chosenElements() {
  const focus = focusOf();
  if (!focus) return cy.collection();
  return state.chosen && state.chosen.kind === "vpc"
    ? asElements(focus.cards) : asElements(focus.lines).union(asElements(focus.lines).connectedNodes()).union(asElements(focus.cards));
}

// A word beside the pointer.
function tipOf(element) {
  const id = element.id();
  if (element.hasClass("vpc")) {
    const vpc = vpcs.get(id);
    return [vpc.name, vpc.vpc_id, cidrsOf(vpc), placeOf(vpc), vpc.read ? "" : "not read",
      many(peeringsOf.get(id).length, "peering")].filter(Boolean).join("\n");
  }
  if (element.hasClass("bundle")) return `${bundlePlaces(bundles.get(id))}\n${many(bundles.get(id).members.length, "peering")}`;
  const peering = peerings.get(id);
  return [betweenWords(peering), id, MEANING[peering.verdict], marksInWords(peering)].filter(Boolean).join("\n");
}

function tips() {
  const tip = byId("tip");
  cy.on("mouseover", "node.vpc, edge", (event) => {
    tip.textContent = tipOf(event.target);
    tip.hidden = false;
    if (event.target.hasClass("vpc")) hover(event.target.id());
    const { x, y } = event.renderedPosition;
    tip.style.left = `${Math.max(4, Math.min(x + 14, cy.width() - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 14, cy.height() - tip.offsetHeight - 8))}px`;
    byId("picture").style.cursor = "pointer";
  });
  cy.on("mouseout", "node.vpc", () => hover(null));
  cy.on("mouseout viewport", () => { tip.hidden = true; byId("picture").style.cursor = ""; });
}
