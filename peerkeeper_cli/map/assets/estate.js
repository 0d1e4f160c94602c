// The values that the page holds, with the ways through them.
const estate = JSON.parse(byId("data").textContent);
const VERDICTS = ["nothing", "partly", "unknown", "waits", "carries", "ended"];  // the worst first
const REACHES = ["blocked", "shut", "unknown", "waits", "open", "reaches"];  // the worst first
const looksAtTraffic = estate.peerings.some((peering) => peering.reaches);
const LARGE = 600;  // peerings from which the picture is drawn in a plainer way, to stay fluent

const vpcs = new Map(estate.vpcs.map((vpc) => [vpc.id, vpc]));
const peerings = new Map(estate.peerings.map((peering) => [peering.id, peering]));
const peeringsOf = new Map(estate.vpcs.map((vpc) => [vpc.id, []]));
const boxById = new Map(estate.boxes.map((box) => [box.id, box]));
const accountBox = new Map(estate.boxes.filter((box) => !box.region).map((box) => [box.account, box.id]));
const regionBox = new Map(estate.boxes.filter((box) => box.region).map((box) => [`${box.account}/${box.region}`, box.id]));

for (const vpc of estate.vpcs) vpc.box = regionBox.get(`${vpc.account}/${vpc.region}`);
for (const peering of estate.peerings) {
  for (const id of new Set(peering.ends.map((end) => end.vpc))) peeringsOf.get(id).push(peering);
}
const worstFirst = (list) =>
  [...list].sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || (a.id < b.id ? -1 : 1));
const otherEnd = (peering, vpcId) => peering.ends.find((end) => end.vpc !== vpcId) || peering.ends[0];
