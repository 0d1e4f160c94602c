// The words of things, the same wherever they stand.
const MEANING = {
  carries: "carries",
  partly: "carries a part",
  nothing: "carries nothing",
  waits: "waits",
  unknown: "not known",
  ended: "ended",
};
// Whether traffic would reach, beside what the routes carry: only where the sweep's look was made.
const TRAFFIC = {
  blocked: "expected, and blocked",
  shut: "stopped as a whole",
  unknown: "not known",
  waits: "waits for a route",
  open: "nothing stops it as a whole",
  reaches: "expected, and reaches",
};
const SIGNS = { nothing: "square", partly: "diamond", unknown: "vee", waits: "circle", carries: "none", ended: "none" };

const many = (count, one, more) => `${count.toLocaleString("en")} ${count === 1 ? one : more || `${one}s`}`;
const nameOf = (thing) => thing.name || thing.vpc_id || thing.id;
const placeOf = (vpc) => `${vpc.account} ${vpc.region}`;
const cidrsOf = (vpc) => vpc.cidrs.join(", ");
const betweenWords = (peering) => peering.ends.map((end) => nameOf(vpcs.get(end.vpc))).join(" \u2013 ");

function markOf(peering) {
  const due = peering.due ? `\u0394${peering.due}` : "";
  const found = peering.findings.length ? `!${peering.findings.length}` : "";
  return [found, due].filter(Boolean).join(" ");
}

function marksInWords(peering) {
  const due = peering.due ? many(peering.due, "change due", "changes due") : "";
  const found = peering.findings.length ? many(peering.findings.length, "finding") : "";
  return [due, found].filter(Boolean).join(", ");
}

const badges = (peering) => [
  peering.findings.length
    ? el("span", { class: "badge found", title: many(peering.findings.length, "finding") }, `!${peering.findings.length}`) : "",
  peering.due ? el("span", { class: "badge due", title: many(peering.due, "change due", "changes due") }, `\u0394${peering.due}`) : "",
];

// A short line in the look of a verdict, with its sign in the middle.
function sample(verdict) {
  const at = { square: "M16 3h8v8h-8z", diamond: "M20 2l5 5l-5 5l-5 -5z", vee: "M15 2l5 10l5 -10l-5 4z" };
  const sign = SIGNS[verdict];
  return svg("svg", { class: `sample v-${verdict}`, viewBox: "0 0 40 14", "aria-hidden": "true" },
    svg("line", { class: "line", x1: 0, y1: 7, x2: 40, y2: 7 }),
    sign === "circle" ? svg("circle", { class: "sign open", cx: 20, cy: 7, r: 4 }) : "",
    at[sign] ? svg("path", { class: "sign", d: at[sign] }) : "");
}
// A short line with the second colour around it.
function halo(reaches) {
  return svg("svg", { class: `sample r-${reaches}`, viewBox: "0 0 40 14", "aria-hidden": "true" },
    svg("line", { class: "halo", x1: 0, y1: 7, x2: 40, y2: 7 }), svg("line", { class: "line", x1: 0, y1: 7, x2: 40, y2: 7 }));
}
const trafficWord = (reaches) => (reaches ? el("span", { class: `traffic r-${reaches}` }, reaches) : "");
const verdictWord = (verdict) => el("span", { class: `verdict v-${verdict}` }, verdict);
