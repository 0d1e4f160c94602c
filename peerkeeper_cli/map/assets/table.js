// All peerings that are shown, as a table: made when it is looked at, or printed.
const COLUMNS = ["Peering", "Requester", "Accepter", "Status", "Carries", ...(looksAtTraffic ? ["Traffic"] : []), "Consent", "Due", "Findings"];

function endCell(end) {
  const vpc = vpcs.get(end.vpc);
  return el("td", {}, vpc.name || "", el(vpc.name ? "small" : "span", { class: "id" }, vpc.vpc_id),
    el("small", { class: "whole" }, placeOf(vpc)), el("small", {}, vpc.read ? cidrsOf(vpc) : [cidrsOf(vpc), "not read"].filter(Boolean).join(", ")));
}

function tableRow(peering) {
  const [requester, accepter] = peering.ends;
  return el("tr", {},
    el("th", { scope: "row" },
      el("button", { type: "button", class: "link id", "data-peering": peering.id, onclick: () => choose("peering", peering.id) }, peering.id),
      peering.name ? el("small", {}, peering.name) : ""),
    endCell(requester), endCell(accepter),
    el("td", {}, peering.status, peering.expires ? el("small", {}, `expires ${peering.expires}`) : ""),
    el("td", {}, verdictWord(peering.verdict)),
    looksAtTraffic ? el("td", {}, trafficWord(peering.reaches)) : "",
    el("td", { class: "whole" }, requester.consent === accepter.consent ? `both ${requester.consent}`
      : [el("small", {}, `requester ${requester.consent}`), el("small", {}, `accepter ${accepter.consent}`)]),
    el("td", {}, peering.due ? String(peering.due) : ""),
    el("td", {}, peering.findings.map((found) => el("small", {}, found.code))));
}

const AT_ONCE = 150;
let turn = 0;

// The first rows at once and the others one after the other, so that the page answers meanwhile; for paper all at once.
function addRows(body, rows, atOnce, mine) {
  if (mine !== turn) return;
  body.append(...rows.slice(0, atOnce).map(tableRow));
  if (rows.length > atOnce) setTimeout(() => addRows(body, rows.slice(atOnce), atOnce, mine), 0);
}

function showTable(atOnce = AT_ONCE) {
  const shown = shownPeerings(), body = el("tbody");
  turn += 1;
  const few = isFiltered() ? ` of ${estate.peerings.length.toLocaleString("en")}, as the legend's filters leave them` : "";
  byId("table").replaceChildren(el("table", {},
    el("caption", {}, `${many(shown.length, "peering")}${few}; what does not carry comes first`),
    el("thead", {}, el("tr", {}, COLUMNS.map((name) => el("th", { scope: "col" }, name)))),
    body));
  addRows(body, shown, atOnce, turn);
}

function showView(view) {
  state.view = view;
  byId("stage").hidden = view !== "picture";
  byId("table").hidden = view !== "table";
  byId("as-picture").setAttribute("aria-pressed", String(view === "picture"));
  byId("as-table").setAttribute("aria-pressed", String(view === "table"));
  if (view === "table") showTable();
  else if (cy) { cy.resize(); if (state.chosen) bringIntoSight(chosenElements()); }
}
