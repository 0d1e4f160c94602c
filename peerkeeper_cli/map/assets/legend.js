// The legend is the filter: each line of it has a box to tick.
function legendItem(kind, value, count, sign, words) {
  const set = state.off[kind];
  const box = el("input", { type: "checkbox", checked: !set.has(value), onchange: () => {
    if (box.checked) set.delete(value); else set.add(value);
    changed("filters");
  } });
  const alone = () => {
    const others = [...byId("legend").querySelectorAll(`li[data-kind="${kind}"]`)].map((item) => item.dataset.value);
    state.off[kind] = new Set(others.filter((other) => other !== value));
    showLegend();
    changed("filters");
  };
  return el("li", { "data-kind": kind, "data-value": value, class: count ? "" : "none" },
    el("label", {}, box, sign, el("span", { class: "word" }, words || value), el("span", { class: "count" }, count.toLocaleString("en"))),
    el("button", { type: "button", class: "only", "aria-label": `Show only ${value}`, onclick: alone }, "only"));
}

const counted = (list, of) => list.reduce((counts, each) => counts.set(of(each), (counts.get(of(each)) || 0) + 1), new Map());

function switchItem(words, count, sign, isOn, turn) {
  const box = el("input", { type: "checkbox", checked: isOn, onchange: () => { turn(box.checked); changed("filters"); } });
  return el("li", {}, el("label", {}, box, sign, el("span", { class: "word" }, words),
    count === null ? "" : el("span", { class: "count" }, count.toLocaleString("en"))));
}

function heading(words, kind) {
  const all = el("button", { type: "button", onclick: () => { state.off[kind] = new Set(); showLegend(); changed("filters"); } }, "all");
  return el("h2", {}, words, kind && state.off[kind].size ? all : "");
}

const markOnly = (mark) => (on) => { if (on) state.marked.add(mark); else state.marked.delete(mark); };

function signs() {
  const kinds = [
    ["card-sign", "VPC that was read", () => true],
    ["card-sign ghost", "VPC that could not be read", () => estate.vpcs.some((vpc) => !vpc.read)],
    ["card-sign exempt", "VPC that is exempt", () => estate.vpcs.some((vpc) => vpc.exempt)],
    ["trunk-sign screen", "Many peerings as one line, with their number", () => state.bundled],
  ];
  return el("div", { class: "signs" }, kinds.filter(([, , there]) => there()).map(([name, words]) => [
    el("span", { class: name, "aria-hidden": "true" }), el("span", { class: name.includes("screen") ? "screen" : "" }, words)]));
}

function showLegend() {
  const verdicts = counted(estate.peerings, (peering) => peering.verdict);
  const traffic = counted(estate.peerings, (peering) => peering.reaches);
  const places = (of) => [...counted(estate.vpcs, of)];
  const marked = (test) => estate.peerings.filter(test).length;
  byId("legend").replaceChildren(
    heading("Peerings", "verdict"),
    el("ul", { class: "verdicts" }, VERDICTS.map((one) => legendItem("verdict", one, verdicts.get(one) || 0, sample(one), MEANING[one]))),
    ...(looksAtTraffic ? [heading("Traffic, around the line", "reaches"),
      el("ul", { class: "verdicts" }, REACHES.map((one) => legendItem("reaches", one, traffic.get(one) || 0, halo(one), TRAFFIC[one])))] : []),
    el("div", { class: "filters" },
      el("h2", {}, "Only with"),
      el("ul", {},
        switchItem("findings", marked((one) => one.findings.length), el("span", { class: "badge found" }, "!1"), state.marked.has("found"), markOnly("found")),
        switchItem("changes due", marked((one) => one.due), el("span", { class: "badge due" }, "\u03941"), state.marked.has("due"), markOnly("due"))),
      el("h2", {}, "Drawn"),
      el("ul", {},
        switchItem("broad lines for many", null, "", state.bundled, (on) => { state.bundled = on; showLegend(); }),
        switchItem("VPCs without a peering", estate.vpcs.filter((vpc) => !peeringsOf.get(vpc.id).length).length, "", state.lonely,
          (on) => { state.lonely = on; })),
      heading("Accounts, with VPCs", "account"),
      el("ul", {}, places((vpc) => vpc.account).map(([name, count]) => legendItem("account", name, count, ""))),
      heading("Regions, with VPCs", "region"),
      el("ul", {}, places((vpc) => vpc.region).sort().map(([name, count]) => legendItem("region", name, count, "")))),
    el("h2", {}, "Signs"), signs());
}
