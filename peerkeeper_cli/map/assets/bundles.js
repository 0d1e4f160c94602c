// Peerings between two Regions' boxes drawn as one broad line with their number, so that many do not hide the few that
// need a person. The first row that fits:
//
//   lines that do not carry, wait, are unknown or have a mark: at most OWN_LINES     each is a line of its own
//   lines that do not carry: at most OWN_LINES                                       each is a line of its own
//   more of them                                                                     none is
const OWN_LINES = 60;
const CALM = new Set(["carries", "ended"]);

const isFaulty = (peering) => ["nothing", "partly"].includes(peering.verdict);
const isLoud = (peering) => !CALM.has(peering.verdict) || markOf(peering) !== "";
const MOST = 24;  // bundles between Regions; where there would be more, accounts are bundled

function boxesOf(peering, byAccount) {
  const [a, b] = peering.ends.map((end) => vpcs.get(end.vpc));
  const boxes = byAccount && a.account !== b.account ? [accountBox.get(a.account), accountBox.get(b.account)] : [a.box, b.box];
  return boxes.sort();
}

function bundlesOf(shown, byAccount = false) {
  const alone = [isLoud, isFaulty].find((test) => shown.filter(test).length <= OWN_LINES) || (() => false);
  const made = new Map();
  for (const peering of state.bundled ? shown : []) {
    const [one, other] = boxesOf(peering, byAccount);
    if (one === other || alone(peering)) continue;
    const id = `${one}|${other}`;
    if (!made.has(id)) made.set(id, { id, one, other, members: [] });
    made.get(id).members.push(peering);
  }
  return made;
}

// One peering is no bundle.
const broad = (made) => new Map([...made].filter(([, bundle]) => bundle.members.length > 1));

const oneColumn = new Set([...accountBox.values()].map((id) => boxById.get(id).x)).size === 1;

// The colours along a broad line: what carries at both ends, in the middle what does not, each as long as its share.
function sharesOf(members) {
  const count = (verdict) => members.filter((peering) => peering.verdict === verdict).length / members.length;
  const present = VERDICTS.filter((verdict) => count(verdict) && !CALM.has(verdict));
  const shares = present.map((verdict) => [verdict, Math.max(count(verdict), 0.07)]);
  const rest = Math.max(0, 1 - shares.reduce((sum, [, share]) => sum + share, 0));
  const calm = members.some((peering) => peering.verdict === "carries") ? "carries" : "ended";
  const slices = [[calm, rest / 2], ...shares, [calm, rest / 2]];
  const total = slices.reduce((sum, [, share]) => sum + share, 0);
  const stops = [];
  let at = 0;
  for (const [verdict, share] of slices) {
    stops.push([verdict, at], [verdict, at + (100 * share) / total]);
    at += (100 * share) / total;
  }
  return { verdicts: stops.map(([verdict]) => verdict), stops: stops.map(([, place]) => `${place.toFixed(1)}%`) };
}

function bundleLine(bundle) {
  const [a, b] = [bundle.one, bundle.other].map((id) => cy.getElementById(id).position());
  const beside = oneColumn && boxById.get(bundle.one).region === "";
  const far = Math.hypot(a.x - b.x, a.y - b.y), inLine = Math.abs(a.x - b.x) < 1 || Math.abs(a.y - b.y) < 1;
  const count = bundle.members.length;
  return {
    group: "edges", classes: beside ? "bundle beside" : "bundle",
    data: {
      id: bundle.id, source: bundle.one, target: bundle.other, count, ...sharesOf(bundle.members),
      width: 2 + 2.5 * Math.log2(count), bend: far * (beside ? -0.4 : inLine ? 0.11 : 0) * (a.x + a.y < b.x + b.y ? 1 : -1),
    },
  };
}

const bundlePlaces = (bundle) => [bundle.one, bundle.other].map((id) => {
  const box = boxById.get(id);
  return box.region ? `${box.account} ${box.region}` : box.account;
}).join(" \u2013 ");

let bundles = new Map();
let bundledIds = new Set();
let ownLines = [];
function bundle(shown) {
  bundles = broad(bundlesOf(shown));
  if (bundles.size > MOST) bundles = broad(bundlesOf(shown, true));
  bundledIds = new Set([...bundles.values()].flatMap((each) => each.members.map((peering) => peering.id)));
}

// Show what the filters leave, bundled where that is wanted.
function renewLines() {
  const shown = shownPeerings();
  bundle(shown);
  ownLines = shown.filter((peering) => !bundledIds.has(peering.id)).map((peering) => peering.id);
  cy.batch(() => {
    cy.edges(".bundle").remove();
    cy.nodes(".vpc").forEach((card) => { card.toggleClass("hidden", !vpcShown(vpcs.get(card.id()))); });
    cy.add([...bundles.values()].map(bundleLine));
  });
  const counts = `${many(shown.length, "peering")} of ${estate.peerings.length.toLocaleString("en")} shown`;
  const drawn = bundledIds.size ? `; ${many(bundledIds.size, "of them is", "of them are")} in broad lines` : "";
  byId("showing").textContent = `${isFiltered() ? counts : many(shown.length, "peering")}${drawn}`;
}
