// Peerings between two Regions' boxes drawn as one broad line with their number, so that many do not hide the few that
// need a person. What does not carry stays a line of its own, unless there are too many of these as well.
const OWN_LINES = 60;
const CALM = new Set(["carries", "ended"]);

function bundlesOf(shown) {
  const loud = shown.filter((peering) => !CALM.has(peering.verdict) || markOf(peering)).length;
  const made = new Map();
  for (const peering of state.bundled ? shown : []) {
    const [one, other] = peering.ends.map((end) => vpcs.get(end.vpc).box).sort();
    const own = loud <= OWN_LINES && (!CALM.has(peering.verdict) || markOf(peering));
    if (one === other || own) continue;
    const id = `${one}|${other}`;
    if (!made.has(id)) made.set(id, { id, one, other, members: [] });
    made.get(id).members.push(peering);
  }
  return made;
}

function bundleLine(bundle) {
  const [a, b] = [bundle.one, bundle.other].map((id) => cy.getElementById(id).position());
  const count = bundle.members.length;
  const bad = bundle.members.filter((peering) => ["nothing", "partly"].includes(peering.verdict)).length;
  return {
    group: "edges", classes: `bundle v-${bundle.members[0].verdict}`,
    data: {
      id: bundle.id, source: bundle.one, target: bundle.other, count: bad && bad < count ? `${count} \u00b7 ${bad} faulty` : `${count}`,
      width: 4 + 5 * Math.log2(1 + count), bend: Math.hypot(a.x - b.x, a.y - b.y) * 0.13 * (a.x + a.y < b.x + b.y ? 1 : -1),
    },
  };
}

let bundles = new Map();
const bundlePlaces = (bundle) => [bundle.one, bundle.other].map((id) => {
  const box = estate.boxes.find((each) => each.id === id);
  return `${box.account} ${box.region}`;
}).join(" \u2013 ");

// Show what the filters leave, bundled where that is wanted.
function renewLines() {
  const shown = shownPeerings();
  const ids = new Set(shown.map((peering) => peering.id));
  bundles = bundlesOf(shown);
  const inside = new Set([...bundles.values()].flatMap((bundle) => bundle.members.map((peering) => peering.id)));
  cy.batch(() => {
    cy.edges(".bundle").remove();
    cy.edges(".peering").forEach((line) => {
      line.toggleClass("hidden", !ids.has(line.id()));
      line.toggleClass("bundled", inside.has(line.id()));
    });
    cy.nodes(".vpc").forEach((card) => { card.toggleClass("hidden", !vpcShown(vpcs.get(card.id()))); });
    cy.add([...bundles.values()].map(bundleLine));
  });
  const counts = `${many(shown.length, "peering")} of ${estate.peerings.length.toLocaleString("en")} shown`;
  const drawn = inside.size ? `; ${many(inside.size, "of them is", "of them are")} in broad lines between Regions` : "";
  byId("showing").textContent = `${isFiltered() ? counts : many(shown.length, "peering")}${drawn}`;
}
