// The graph as it came from the server: a graphology graph that knows nothing of filters.

import { DEFAULT_EDGE_CURVATURE, indexParallelEdgesIndex } from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";

export const LARGE = 20_000; // relationships, beyond which only the simplest drawing is smooth

export function build(data) {
  const graph = new MultiDirectedGraph();
  data.nodes.forEach(([id, label, kind], i) => {
    const [name, color] = data.entityKinds[kind];
    graph.addNode(id, { label, kind: name, color, size: 3, ...sunflower(i) });
  });
  for (const [id, source, target, kind, modality, state, start, end, first, amount, currency] of data.edges) {
    const [name, label, color, symmetric] = data.kinds[kind];
    const begin = start ?? first;
    // One attribute that holds all: sigma copies the attributes of every edge whenever it draws anew.
    graph.addEdgeWithKey(id, data.nodes[source][0], data.nodes[target][0], { told: {
      kind: name, label, color, symmetric, modality: data.modalities[modality],
      status: state < 0 ? "" : data.statuses[state], start, end, begin, amount, currency,
      from: begin ? Number(begin.slice(0, 4)) : null, to: end ? Number(end.slice(0, 4)) : null,
    } });
  }
  const large = graph.size > LARGE;
  const many = data.nodes.length > 3000;
  graph.forEachNode((node) => {
    const much = Math.sqrt(graph.degree(node));
    graph.setNodeAttribute(node, "size", many ? Math.min(9, 0.5 + 0.45 * much) : Math.min(16, 3 + 1.6 * much));
  });
  if (!large) bend(graph);
  return graph;
}

// What is told of an edge.
export const told = (graph, edge) => graph.getEdgeAttribute(edge, "told");

// A place for every node: no two the same, and the same on every visit.
export function sunflower(i) {
  const angle = i * 2.399963;
  const radius = 10 * Math.sqrt(i + 1);
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
}

// Several relationships of the same two part company, so that each can be seen and clicked.
function bend(graph) {
  const names = { edgeIndexAttribute: "at", edgeMinIndexAttribute: "least", edgeMaxIndexAttribute: "most" };
  indexParallelEdgesIndex(graph, names);
  graph.updateEachEdgeAttributes((edge, data) => {
    const most = Math.max(Math.abs(data.least ?? 0), data.most ?? 0);
    const widest = 3.5 * (1 - Math.exp(-most / 3.5)) * DEFAULT_EDGE_CURVATURE;
    return { ...data, curvature: data.at ? (widest * data.at) / most : 0 };
  });
}

// The nodes within so many steps of one, over the edges that a test lets through.
export function reach(graph, focus, steps, passes) {
  const within = new Set([focus]);
  let rim = [focus];
  for (let step = 0; step < steps; step += 1) {
    const next = [];
    for (const node of rim) {
      graph.forEachEdge(node, (edge, _, one, other) => {
        if (!passes(edge)) return;
        for (const end of [one, other]) {
          if (!within.has(end)) { within.add(end); next.push(end); }
        }
      });
    }
    rim = next;
  }
  return within;
}
