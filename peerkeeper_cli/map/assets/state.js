// What is shown and what is chosen. Whoever changes it calls changed() with what to renew.
const state = {
  off: { verdict: new Set(), reaches: new Set(), account: new Set(), region: new Set() },
  marked: new Set(),      // "due", "found": only peerings with one of these marks
  lonely: true,           // VPCs without a peering
  bundled: estate.peerings.length > 60,
  view: "picture",
  chosen: null,           // {kind: "vpc" | "peering" | "bundle", id}
  matches: null,          // ids of VPCs and peerings that the search found, or null
};
const listeners = [];
const onChange = (listener) => listeners.push(listener);
const changed = (what) => { for (const listener of listeners) listener(what); };

const vpcShown = (vpc) => !state.off.account.has(vpc.account) && !state.off.region.has(vpc.region)
  && (state.lonely || peeringsOf.get(vpc.id).length > 0);

function peeringShown(peering) {
  if (state.off.verdict.has(peering.verdict) || state.off.reaches.has(peering.reaches)) return false;
  if (state.marked.size
    && !(state.marked.has("due") && peering.due) && !(state.marked.has("found") && peering.findings.length)) return false;
  return peering.ends.every((end) => vpcShown(vpcs.get(end.vpc)));
}
const shownPeerings = () => worstFirst(estate.peerings.filter(peeringShown));
const isFiltered = () => Object.values(state.off).some((set) => set.size) || state.marked.size > 0 || !state.lonely;

function choose(kind, id) {
  const same = state.chosen && state.chosen.kind === kind && state.chosen.id === id;
  state.chosen = kind ? { kind, id } : null;
  if (!same || !kind) changed("chosen");
}
