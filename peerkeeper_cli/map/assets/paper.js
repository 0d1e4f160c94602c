// The picture for paper: lines and boxes as SVG, sharp at any size. Made when the page is printed.
const PER_MARK = 11;

function paperLine(peering) {
  const [a, b] = peering.ends.map((end) => vpcs.get(end.vpc));
  const bend = bends.get(peering.id), mark = markOf(peering);
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [x, y] = [(a.x + b.x) / 2 - ((b.y - a.y) / length) * bend, (a.y + b.y) / 2 + ((b.x - a.x) / length) * bend];
  const [mx, my] = [(a.x + 2 * x + b.x) / 4, (a.y + 2 * y + b.y) / 4];
  const way = `M${a.x} ${a.y}Q${x} ${y} ${b.x} ${b.y}`;
  return svg("g", { class: `v-${peering.verdict}${peering.reaches ? ` r-${peering.reaches}` : ""}` },
    peering.reaches ? svg("path", { class: "halo", d: way }) : "",
    svg("path", { class: "line", d: way }), paperSign(SIGNS[peering.verdict], mx, my),
    mark ? svg("text", { class: "mark", x: mx, y: my - PER_MARK, "text-anchor": "middle" }, mark) : "");
}

function paperSign(sign, x, y) {
  if (sign === "circle") return svg("circle", { class: "sign open", cx: x, cy: y, r: 4 });
  const ways = { square: "m-4 -4h8v8h-8z", diamond: "m0 -6l6 6l-6 6l-6 -6z", vee: "m-5 -5l5 10l5 -10l-5 4z" };
  return ways[sign] ? svg("path", { class: "sign", d: `M${x} ${y}${ways[sign]}` }) : "";
}

const rectangle = (thing, width, height, name, round) =>
  svg("rect", { class: name, x: thing.x - width / 2, y: thing.y - height / 2, width, height, rx: round });

const paperBox = (box) => [
  rectangle(box, box.width, box.height, box.region ? "box region" : "box", 10),
  svg("text", { class: "head", x: box.x - box.width / 2 + 16, y: box.y - box.height / 2 + 24, "text-anchor": "start" }, box.region || box.account)];

const paperCard = (vpc) => [
  rectangle(vpc, 156, 50, `card${vpc.read ? "" : " ghost"}`, 6),
  cy.getElementById(vpc.id).data("near").split("\n").map((words, row, all) =>
    svg("text", { x: vpc.x, y: vpc.y + 4 + (row - (all.length - 1) / 2) * 14, "text-anchor": "middle" }, words))];

function showPaper() {
  const right = Math.max(...estate.boxes.map((box) => box.x + box.width / 2), 1);
  const low = Math.max(...estate.boxes.map((box) => box.y + box.height / 2), 1);
  const order = [...estate.boxes].sort((a, b) => (a.region ? 1 : 0) - (b.region ? 1 : 0));
  for (const folded of byId("coverage").querySelectorAll("details")) folded.open = true;
  byId("paper").replaceChildren(svg("svg", { viewBox: `-2 -2 ${right + 4} ${low + 4}` },
    order.map(paperBox), shownPeerings().map(paperLine), estate.vpcs.filter(vpcShown).map(paperCard)));
  showTable(Infinity);
}
