// The picture: boxes, cards and lines where the command put them. Nothing moves by itself.
const NEAR = 0.92;    // from this zoom a card shows name, id and CIDRs
const MIDDLE = 0.36;  // from this zoom it shows its name
const pen = document.createElement("canvas").getContext("2d");
let cy = null;

// As much of the text as fits, in the font of the cards.
function fitted(text, size, width, weight = 400) {
  pen.font = `${weight} ${size}px ${FONT}`;
  if (pen.measureText(text).width <= width) return text;
  let low = 0, high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (pen.measureText(`${text.slice(0, middle)}\u2026`).width <= width) low = middle; else high = middle - 1;
  }
  return `${text.slice(0, low)}\u2026`;
}

// A name on one line, or on two that part after one of its own signs.
function inLines(text, size, width, weight) {
  if (fitted(text, size, width, weight) === text) return text;
  const ends = [...text].map((sign, at) => ("-_./: ".includes(sign) ? at + 1 : 0)).filter(Boolean);
  const first = ends.reverse().map((end) => text.slice(0, end)).find((part) => fitted(part, size, width, weight) === part);
  return first ? `${first}\n${fitted(text.slice(first.length), size, width, weight)}` : fitted(text, size, width, weight);
}

function cardOf(vpc) {
  const cidrs = vpc.cidrs.length > 1 ? `${vpc.cidrs[0]}  +${vpc.cidrs.length - 1}` : vpc.cidrs[0] || "CIDR not known";
  const lines = vpc.name ? [vpc.name, vpc.vpc_id, cidrs] : [vpc.vpc_id, cidrs];
  const size = vpc.name ? 14 : 10;
  return {
    group: "nodes", position: { x: vpc.x, y: vpc.y }, classes: ["vpc", vpc.read ? "" : "ghost", vpc.exempt ? "exempt" : ""].join(" "),
    data: { id: vpc.id, near: lines.map((line) => fitted(line, 11, 146)).join("\n"), middle: vpc.name ? inLines(vpc.name, size, 146, 600) : vpc.vpc_id, size },
  };
}

// A box, and its name as a thing of its own, so that lines run behind the name.
const boxOf = (box) => [
  { group: "nodes", position: { x: box.x, y: box.y }, classes: box.region ? "box region" : "box",
    data: { id: box.id, width: box.width, height: box.height } },
  { group: "nodes", position: { x: box.x - box.width / 2 + 17, y: box.y - box.height / 2 + 21 },
    classes: box.region ? "heading" : "heading of-account", data: { id: `${box.id}-name`, label: box.region || box.account } }];

// How far a line bows. In a row or a column of cards it bows into the gap beside them, since it would else lie behind
// cards that it has nothing to do with. Lines between the same two VPCs bow apart.
function bow(a, b, nth) {
  const wide = Math.abs(a.x - b.x), high = Math.abs(a.y - b.y);
  if (high < 1) return (wide < 180 ? 0 : 68) + nth * 34;
  if (wide < 1) return (high < 70 ? 0 : 176) + nth * 34;
  return Math.hypot(wide, high) * 0.07 + nth * 34;
}

const bends = new Map();
const bentApart = new Set();
function bendsOf() {
  const between = new Map();
  for (const peering of estate.peerings) {
    const [from, to] = peering.ends.map((end) => end.vpc);
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    const nth = between.get(pair) || 0;
    between.set(pair, nth + 1);
    if (nth) bentApart.add(peering.id);
    bends.set(peering.id, bow(vpcs.get(from), vpcs.get(to), nth) * (from < to ? 1 : -1));
  }
}

function lineOf(peering) {
  const [source, target] = peering.ends.map((end) => end.vpc);
  const mark = markOf(peering), sign = mark.replace(/[\d ]/g, "");
  const straight = estate.peerings.length > LARGE && !bentApart.has(peering.id);
  return {
    group: "edges", classes: `peering v-${peering.verdict} ${peering.reaches ? `r-${peering.reaches}` : ""} ${straight ? "plain" : ""} ${mark ? level : ""}`,
    data: { id: peering.id, source, target, bend: bends.get(peering.id), ...(mark ? { mark, sign } : {}) },
  };
}

// The picture holds the lines that are seen, and no others: what is in a broad line costs nothing.
function drawLines(ids) {
  const there = new Set();
  const gone = cy.edges(".peering").filter((line) => { there.add(line.id()); return !ids.has(line.id()); });
  gone.remove();
  cy.add([...ids].filter((id) => !there.has(id)).map((id) => lineOf(peerings.get(id))));
}

function draw() {
  const large = estate.peerings.length > LARGE;
  bendsOf();
  cy = cytoscape({
    container: byId("picture"), style: look(), layout: { name: "preset", fit: false },
    elements: [...estate.boxes.flatMap(boxOf), ...estate.vpcs.map(cardOf)],
    minZoom: 0.02, maxZoom: 3, autoungrabify: true, autounselectify: true, boxSelectionEnabled: false,
    textureOnViewport: large, hideEdgesOnViewport: false, pixelRatio: large ? 1 : "auto",
  });
  cy.on("zoom", sizeLabels);
  cy.on("tap", (event) => { if (event.target === cy) choose(null); });
  cy.on("tap", "node.vpc", (event) => choose("vpc", event.target.id()));
  cy.on("tap", "edge.peering", (event) => choose("peering", event.target.id()));
  cy.on("tap", "edge.bundle", (event) => choose("bundle", event.target.id()));
}

let level = "";
function sizeLabels() {
  const now = cy.zoom() >= NEAR ? "near" : cy.zoom() >= MIDDLE ? "middle" : "far";
  if (now === level) return;
  cy.batch(() => cy.elements(".vpc, .heading, [mark]").removeClass(level).addClass(now));
  level = now;
}

// The whole picture: boxes, and the broad lines beside them. The library would ask every line how far it goes.
function fitAll() {
  const ends = (of, size, sign) => Math[sign < 0 ? "min" : "max"](...estate.boxes.map((box) => box[of] + (sign * box[size]) / 2));
  if (!estate.boxes.length) return;
  const beside = Math.max(0, ...cy.edges(".beside").map((line) => Math.abs(line.data("bend")) / 2 + 16));
  const [left, right, top, low] = [ends("x", "width", -1), ends("x", "width", 1) + beside, ends("y", "height", -1), ends("y", "height", 1)];
  const zoom = Math.min((cy.width() - 48) / (right - left), (cy.height() - 48) / (low - top), 1.4);
  cy.viewport({ zoom, pan: { x: (cy.width() - zoom * (left + right)) / 2, y: (cy.height() - zoom * (top + low)) / 2 } });
}

const zoomBy = (factor) =>
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });

// Bring something into sight, by the shortest way; where it is there already, nothing moves.
const MARGIN = 30;
function bringIntoSight(things) {
  if (things.empty()) return;
  if (cy.zoom() < MIDDLE) { cy.zoom(0.6); cy.center(things); }
  const at = things.renderedBoundingBox({ includeLabels: false });
  if (at.w > cy.width() - 2 * MARGIN || at.h > cy.height() - 2 * MARGIN) { cy.fit(things, MARGIN); return; }
  const way = (low, high, size) => (low < MARGIN ? MARGIN - low : Math.min(0, size - MARGIN - high));
  cy.panBy({ x: way(at.x1, at.x2, cy.width()), y: way(at.y1, at.y2, cy.height()) });
}
