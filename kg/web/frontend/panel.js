// The panel beside the graph: who a node is, what an edge rests on.

import { told } from "./model.js";

function made(tag, text = "", attributes = {}) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// Where to begin: those of the nodes shown that have most relationships.
export function showNothing(panel, graph, nodes, choose) {
  const first = [...nodes].sort((a, b) => graph.degree(b) - graph.degree(a) || (a < b ? -1 : 1)).slice(0, 12);
  const list = made("ul");
  for (const node of first) {
    const { label, kind } = graph.getNodeAttributes(node);
    const item = made("li", "", { class: `e-${kind}` });
    const button = made("button", label, { type: "button" });
    button.addEventListener("click", () => choose(node));
    item.append(button);
    list.append(item);
  }
  panel.replaceChildren(made("p", "Choose a node or an edge to see what it rests on, or begin with one of these."), list);
}

let asked = 0;

// A node with the relations that are shown, each a button that leads to its evidence.
export function showNode(panel, graph, node, edges, choose) {
  asked += 1; // what was asked for before may come late and is not wanted any more
  const { label, kind } = graph.getNodeAttributes(node);
  const heading = made("h2");
  heading.append(made("a", label, { href: `/id/${encodeURIComponent(node)}` }));
  const list = made("ul");
  for (const edge of edges.slice(0, 100)) {
    const data = told(graph, edge);
    const [one, other] = [graph.source(edge), graph.target(edge)];
    const text = one === node
      ? `${data.label} ${graph.getNodeAttribute(other, "label")}`
      : `${graph.getNodeAttribute(one, "label")} ${data.label} it`;
    const item = made("li", "", { class: `k-${data.kind}` });
    const button = made("button", data.begin ? `${text} (${data.begin.slice(0, 4)})` : text, { type: "button" });
    button.addEventListener("click", () => choose(edge));
    item.append(button);
    list.append(item);
  }
  const parts = [heading, made("p", kind.replaceAll("-", " ")), list];
  if (edges.length > 100) parts.push(made("p", `and ${edges.length - 100} more on its page`));
  if (!edges.length) parts.push(made("p", "None of its relations is shown with these filters."));
  panel.replaceChildren(...parts);
}

// An edge with its sums, its sentences and their sources.
export async function showEdge(panel, edge) {
  const mine = ++asked;
  panel.replaceChildren(made("p", "Reading the evidence …"));
  let found;
  try {
    const response = await fetch(`/explorer/evidence/${edge.split("/").map(encodeURIComponent).join("/")}`);
    if (!response.ok) throw new Error(await response.text());
    found = await response.json();
  } catch (error) {
    if (mine === asked) panel.replaceChildren(made("p", `The evidence cannot be read: ${error.message}`));
    return;
  }
  if (mine !== asked) return;
  const heading = made("h2");
  heading.append(made("a", found.title, { href: found.page }));
  const meta = made("p", "", { class: "meta" });
  meta.append(made("span", found.since), made("span", found.modality, { class: `pill m-${found.modality}` }));
  if (found.status) meta.append(made("span", found.status, { class: "pill" }));
  const parts = [heading, meta];
  if (found.amounts.length) {
    const sums = made("ul", "", { class: "sums" });
    sums.append(...found.amounts.map((text) => made("li", text)));
    parts.push(sums);
  }
  if (found.terms.length) parts.push(made("p", found.terms.join(" · "), { class: "terms" }));
  for (const said of found.statements) {
    const block = made("article", "", { class: `statement k-${found.kind}` });
    for (const text of said.quotes) {
      const quote = made("blockquote");
      quote.append(made("p", text));
      block.append(quote);
    }
    const cite = made("p", "", { class: "cite" });
    cite.append(made("a", said.source, { href: said.page }));
    block.append(cite);
    parts.push(block);
  }
  if (found.more) parts.push(made("p", `and ${found.more} more on its page`));
  panel.replaceChildren(...parts);
}
