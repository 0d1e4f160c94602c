// The panel: all that is known of a VPC, a peering, or of the peerings between two Regions.
const fact = (name, ...value) => (value.flat().filter(Boolean).length ? [el("dt", {}, name), el("dd", {}, ...value)] : []);

function head(kind, words, ...under) {
  return [el("div", { class: "top" },
    el("div", {}, el("p", { class: "kind" }, kind), el("h2", { tabindex: -1 }, words), ...under),
    el("button", { type: "button", "aria-label": "Close", onclick: () => choose(null) }, "\u00d7"))];
}

const vpcLink = (id) => el("button", { type: "button", class: "link", onclick: () => choose("vpc", id) }, nameOf(vpcs.get(id)));

function peeringButton(peering, words) {
  return el("button", { type: "button", class: "peering", onclick: () => choose("peering", peering.id) },
    el("span", {}, sample(peering.verdict), el("b", {}, words), ...badges(peering)),
    el("small", {}, `${MEANING[peering.verdict]} \u00b7 ${peering.id}${peering.name ? ` \u00b7 ${peering.name}` : ""}`));
}

function findings(list) {
  return [list.length ? el("h3", {}, many(list.length, "finding")) : "",
    list.map((found) => el("div", { class: "finding" }, el("b", {}, found.code), found.words, el("div", { class: "words" }, found.location)))];
}

function vpcPanel(id) {
  const vpc = vpcs.get(id), list = worstFirst(peeringsOf.get(id));
  return [
    ...head(vpc.read ? "VPC" : "VPC that could not be read", nameOf(vpc), el("code", {}, vpc.name ? vpc.vpc_id : "")),
    el("dl", {}, fact("Account", vpc.account), fact("Region", vpc.region), fact("CIDRs", vpc.cidrs.map((cidr) => el("div", {}, el("code", {}, cidr)))),
      fact("Owner", vpc.owner), fact("Exempt", vpc.exempt ? "yes: Peerkeeper does not touch it" : "")),
    findings(vpc.findings),
    vpc.read ? "" : el("p", { class: "words" }, "Only its peerings name it: its own tags and route tables were not read."),
    el("h3", {}, list.length ? many(list.length, "peering") : "No peering"),
    list.map((peering) => {
      const other = vpcs.get(otherEnd(peering, id).vpc);
      return peeringButton(peering, `${nameOf(other)} \u00b7 ${other.region}`);
    }),
  ];
}

function routeTables(end) {
  const tables = new Map();
  for (const route of end.routes) {
    if (!tables.has(route.table_id)) tables.set(route.table_id, []);
    tables.get(route.table_id).push(route);
  }
  return [...tables.values()].map((routes) => el("table", {},
    el("caption", {}, el("code", {}, routes[0].table_id), routes[0].table_name ? ` ${routes[0].table_name}` : ""),
    el("tbody", {}, routes.map((route) => el("tr", {},
      el("td", {}, el("code", {}, route.destination)),
      el("td", {}, el("span", { class: `s-${route.state}` }, route.state), route.words ? el("div", { class: "words" }, route.words) : ""))))));
}

function endCard(name, end) {
  const vpc = vpcs.get(end.vpc);
  return el("section", { class: "end" },
    el("h3", {}, vpcLink(end.vpc), el("small", {}, `${name} \u00b7 ${placeOf(vpc)}`), vpc.name ? el("small", { class: "id" }, vpc.vpc_id) : ""),
    el("dl", {}, fact("CIDRs", el("code", {}, (end.cidrs.length ? end.cidrs : vpc.cidrs).join(", "))),
      fact("Consent", el("b", {}, end.consent), end.consent_words ? el("div", { class: "words" }, end.consent_words) : ""),
      fact("Carries", verdictWord(end.verdict)), fact("Traffic", trafficWord(end.reaches))),
    end.routes.length ? routeTables(end)
      : el("p", { class: "words" }, end.read ? "No route of this side to show." : "This side was not read: its routes and tags are not known."));
}

function peeringPanel(id) {
  const peering = peerings.get(id);
  return [
    ...head("Peering", betweenWords(peering), el("code", {}, id), peering.name ? el("p", {}, peering.name) : ""),
    el("dl", {}, fact("Verdict", sample(peering.verdict), " ", el("span", { class: `verdict v-${peering.verdict}` }, MEANING[peering.verdict])),
      fact("Traffic", peering.reaches ? el("span", { class: `traffic r-${peering.reaches}` }, TRAFFIC[peering.reaches]) : ""),
      fact("Status", peering.status, peering.status_words ? el("div", { class: "words" }, peering.status_words) : ""),
      fact("Expires", peering.expires ? `${peering.expires} UTC` : ""),
      fact("Due", peering.due ? `${many(peering.due, "change")} that Peerkeeper would make in mode full` : "")),
    findings(peering.findings),
    endCard("Requester", peering.ends[0]), endCard("Accepter", peering.ends[1]),
  ];
}

function bundlePanel(id) {
  const bundle = bundles.get(id);
  return [...head("Peerings between", bundlePlaces(bundle)), el("h3", {}, many(bundle.members.length, "peering")),
    bundle.members.map((peering) => peeringButton(peering, betweenWords(peering)))];
}

function showPanel() {
  const panel = byId("panel"), chosen = state.chosen;
  const was = panel.hidden;
  panel.hidden = !chosen;
  if (chosen) panel.replaceChildren(...{ vpc: vpcPanel, peering: peeringPanel, bundle: bundlePanel }[chosen.kind](chosen.id).flat(Infinity).filter(Boolean));
  panel.scrollTop = 0;
  if (was !== panel.hidden && cy) cy.resize();
}
