// The picture: boxes, cards and lines where the command put them. Nothing moves by itself.
const NEAR = 0.92;    // from this zoom a card shows name, id and CIDRs
const MIDDLE = 0.36;  // from this zoom it shows its name
const pen = document.createElement("canvas").getContext("2d");
let cy = null;

// As much of the text as fits, in the font of the cards.
function fitted(text, size, width) {
  pen.font = `${size}px ${FONT}`;
  if (pen.measureText(text).width <= width) return text;
  let low = 0, high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (pen.measureText(`${text.slice(0, middle)}\u2026`).width <= width) low = middle; else high = middle - 1;
  }
  return `${text.slice(0, low)}\u2026`;
}

function cardOf(vpc) {
  const cidrs = vpc.cidrs.length > 1 ? `${vpc.cidrs[0]}  +${vpc.cidrs.length - 1}` : vpc.cidrs[0] || "CIDR not known";
  const lines = vpc.name ? [vpc.name, vpc.vpc_id, cidrs] : [vpc.vpc_id, cidrs];
  const size = vpc.name ? 15 : 12;
  return {
    group: "nodes", position: { x: vpc.x, y: vpc.y }, classes: ["vpc", vpc.read ? "" : "ghost", vpc.exempt ? "exempt" : ""].join(" "),
    data: { id: vpc.id, near: lines.map((line) => fitted(line, 11, 146)).join("\n"), middle: fitted(nameOf(vpc), size, 142), size },
  };
}

const boxOf = (box) => ({
  group: "nodes", position: { x: box.x, y: box.y }, classes: box.region ? "box region" : "box", selectable: false,
  data: { id: box.id, width: box.width, height: box.height, label: box.region || box.account, size: box.region ? 13 : 16, drop: box.region ? 21 : 24 },
});

// Lines between the same two VPCs bow apart; all others bow a little, so that a line behind a card is no straight row.
function linesOf() {
  const between = new Map();
  return estate.peerings.map((peering) => {
    const [from, to] = peering.ends.map((end) => end.vpc);
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    const nth = between.get(pair) || 0;
    between.set(pair, nth + 1);
    const [a, b] = [vpcs.get(from), vpcs.get(to)];
    const bend = (Math.hypot(a.x - b.x, a.y - b.y) * 0.09 + nth * 34) * (from < to ? 1 : -1);
    const mark = markOf(peering);
    return {
      group: "edges", classes: `peering v-${peering.verdict}${estate.peerings.length > LARGE && !nth ? " plain" : ""}`,
      data: { id: peering.id, source: from, target: to, bend, ...(mark ? { mark } : {}) },
    };
  });
}

function draw() {
  const large = estate.peerings.length > LARGE;
  cy = cytoscape({
    container: byId("picture"), style: look(), layout: { name: "preset", fit: true, padding: 24 },
    elements: [...estate.boxes.map(boxOf), ...estate.vpcs.map(cardOf), ...linesOf()],
    minZoom: 0.02, maxZoom: 3, autoungrabify: true, autounselectify: true, boxSelectionEnabled: false,
    textureOnViewport: large, hideEdgesOnViewport: false, pixelRatio: large ? 1 : "auto",
  });
  if (cy.zoom() > 1.4) { cy.zoom(1.4); cy.center(); }
  cy.on("zoom", sizeLabels);
  cy.on("tap", (event) => { if (event.target === cy) choose(null); });
  cy.on("tap", "node.vpc", (event) => choose("vpc", event.target.id()));
  cy.on("tap", "edge.peering", (event) => choose("peering", event.target.id()));
  cy.on("tap", "edge.bundle", (event) => choose("bundle", event.target.id()));
  sizeLabels();
  return cy;
}

let level = "";
function sizeLabels() {
  const now = cy.zoom() >= NEAR ? "near" : cy.zoom() >= MIDDLE ? "middle" : "far";
  if (now === level) return;
  cy.batch(() => cy.nodes(".vpc").removeClass(level).addClass(now));
  level = now;
}

function fitAll() {
  const shown = cy.elements(":visible");
  cy.fit(shown.nonempty() ? shown : undefined, 24);
  if (cy.zoom() > 1.4) { cy.zoom(1.4); cy.center(shown); }
}

const zoomBy = (factor) =>
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });

// Bring something into sight; where it is there already, nothing moves.
function bringIntoSight(things) {
  const at = things.renderedBoundingBox({ includeLabels: false });
  if (at.x1 > 0 && at.y1 > 0 && at.x2 < cy.width() && at.y2 < cy.height() && cy.zoom() >= MIDDLE) return;
  cy.fit(things, 90);
  if (cy.zoom() > 1.1) { cy.zoom(1.1); cy.center(things); }
}
