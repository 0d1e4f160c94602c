// The look of the picture: colours come from colours.css, so that the picture, the legend and paper agree.
const DASHES = { partly: [9, 4], nothing: [4, 3], waits: [1.5, 4], unknown: [9, 3, 2, 3], ended: [2, 6] };
const WEIGHT = { carries: 1.6, partly: 2.4, nothing: 2.6, waits: 2, unknown: 2, ended: 1.2 };
const FONT = "system-ui, -apple-system, Segoe UI, Roboto, Liberation Sans, sans-serif";

function look() {
  const values = getComputedStyle(document.documentElement);
  const colour = (name) => values.getPropertyValue(`--${name}`).trim();
  return [...boxLook(colour), ...cardLook(colour), ...lineLook(colour), ...bundleLook(colour), ...focusLook(colour)];
}

const boxLook = (colour) => [
  { selector: "node.box", style: {
    shape: "round-rectangle", "corner-radius": 10, width: "data(width)", height: "data(height)", events: "no",
    "background-color": colour("account"), "border-width": 1.5, "border-color": colour("rule"), "z-index": 0, "z-index-compare": "manual" } },
  { selector: "node.region", style: { "background-color": colour("region"), "border-width": 0, "z-index": 1 } },
  { selector: "node.heading", style: {
    width: 1, height: 1, "background-opacity": 0, events: "no", label: "data(label)", "font-family": FONT, "font-size": 14,
    "font-weight": 600, color: colour("soft"), "text-halign": "right", "text-valign": "center", "z-index": 7, "z-index-compare": "manual",
    "text-background-color": colour("region"), "text-background-opacity": 0.85, "text-background-padding": 2,
    "text-background-shape": "round-rectangle" } },
  { selector: "node.heading.of-account", style: { "font-size": 17, color: colour("text"), "text-background-color": colour("account") } },
  { selector: "node.heading.far", style: { "font-size": 30, "text-margin-y": 14, "z-index": 12 } },
  { selector: "node.heading.of-account.far", style: { "font-size": 38, "text-margin-y": -26 } },
];

const cardLook = (colour) => [
  { selector: "node.vpc", style: {
    shape: "round-rectangle", "corner-radius": 6, width: 156, height: 50, "background-color": colour("card"), "border-width": 1.2,
    "border-color": colour("edge-of-card"), "z-index": 10, "z-index-compare": "manual", "font-family": FONT, color: colour("text"),
    "text-valign": "center", "text-halign": "center", "text-wrap": "wrap", "text-max-width": 400, "line-height": 1.25,
    "overlay-opacity": 0 } },
  { selector: "node.vpc.near", style: { label: "data(near)", "font-size": 11 } },
  { selector: "node.vpc.middle", style: { label: "data(middle)", "font-size": "data(size)", "font-weight": 600 } },
  { selector: "node.vpc.ghost", style: { "border-style": "dashed", "background-color": colour("region"), color: colour("soft") } },
  { selector: "node.vpc.exempt", style: { "border-style": "double", "border-width": 4 } },
];

const lineLook = (colour) => [
  { selector: "edge", style: {
    "curve-style": "unbundled-bezier", "control-point-distances": "data(bend)", "control-point-weights": 0.5, "z-index": 5,
    "z-index-compare": "manual", "overlay-opacity": 0, "mid-target-arrow-shape": "none", "arrow-scale": 0.9 } },
  { selector: "edge.plain", style: { "curve-style": "haystack", "haystack-radius": 0 } },
  ...VERDICTS.map((verdict) => ({ selector: `edge.v-${verdict}`, style: {
    "line-color": colour(verdict), width: WEIGHT[verdict], "line-style": DASHES[verdict] ? "dashed" : "solid",
    "line-dash-pattern": DASHES[verdict] || [1, 0], "mid-target-arrow-shape": SIGNS[verdict], "mid-target-arrow-color": colour(verdict),
    "mid-target-arrow-fill": verdict === "waits" ? "hollow" : "filled", "line-opacity": verdict === "carries" ? 0.5 : 0.9 } })),
  // The second colour: what stops traffic, or that it is known to reach.
  ...["blocked", "shut", "reaches"].map((reaches) => ({ selector: `edge.r-${reaches}`, style: {
    "underlay-color": colour(reaches), "underlay-opacity": reaches === "reaches" ? 0.18 : 0.32, "underlay-padding": 4 } })),
  { selector: "edge[mark]", style: {
    label: "data(sign)", "font-family": FONT, "font-size": 13, "font-weight": 700, color: colour("text"), "text-margin-y": -12,
    "text-background-color": colour("ground"), "text-background-opacity": 0.95, "text-background-padding": 2,
    "text-background-shape": "round-rectangle", "text-border-width": 1, "text-border-opacity": 1, "text-border-color": colour("edge-of-card"),
    "min-zoomed-font-size": 6 } },
  { selector: "edge[mark].near", style: { label: "data(mark)", "font-size": 11 } },
];

const bundleLook = (colour) => [
  { selector: "edge.bundle", style: {
    width: "data(width)", "line-opacity": 0.45, "line-fill": "linear-gradient",
    "line-gradient-stop-colors": (line) => line.data("verdicts").map(colour),
    "line-gradient-stop-positions": (line) => line.data("stops"), "line-cap": "round", "z-index": 3, "mid-target-arrow-shape": "none", label: "data(count)",
    "font-family": FONT, "font-size": 13, "font-weight": 600, color: colour("soft"), "text-background-color": colour("stage"),
    "text-background-opacity": 0.9, "text-background-padding": 3, "text-background-shape": "round-rectangle", "text-margin-y": 0,
    "text-border-width": 0, "line-style": "solid", "min-zoomed-font-size": 7 } },
  // Accounts one below the other: the line goes around what stands between them.
  { selector: "edge.beside", style: { "source-endpoint": "50% 0%", "target-endpoint": "50% 0%", "edge-distances": "endpoints" } },
];

const focusLook = (colour) => [
  { selector: "edge.faded", style: { opacity: 0.1, "text-opacity": 0 } },
  { selector: "node.vpc.faded", style: { opacity: 0.32 } },
  { selector: "edge.lit", style: { opacity: 1, "line-opacity": 1, "z-index": 20 } },
  { selector: "node.vpc.lit", style: { opacity: 1, "border-width": 2, "border-color": colour("text"), "z-index": 21 } },
  { selector: "node.vpc.match", style: { opacity: 1, "border-width": 3, "border-color": colour("accent") } },
  { selector: "edge.chosen", style: { width: 4.5, "arrow-scale": 1.2, "z-index": 24,
    "underlay-color": colour("accent"), "underlay-opacity": 0.22, "underlay-padding": 5 } },
  { selector: "node.vpc.chosen", style: { "border-width": 3.5, "border-color": colour("accent"), "z-index": 25 } },
  { selector: ".hidden", style: { display: "none" } },
];
