// Runs the layout worker over the part of a graph that is shown.

import { DirectedGraph } from "graphology";
import { inferSettings } from "graphology-layout-forceatlas2";
import helpers from "graphology-layout-forceatlas2/helpers.js";

export class Layout {
  constructor(graph, onChange) {
    this.graph = graph;
    this.onChange = onChange;
    this.worker = null;
  }

  get running() {
    return this.worker !== null;
  }

  // Lay out the given nodes and edges; ends by itself after so many rounds.
  start(nodes, edges, rounds) {
    this.stop();
    if (nodes.length < 2) return;
    const part = new DirectedGraph();
    for (const node of nodes) {
      const { x, y, size } = this.graph.getNodeAttributes(node);
      part.addNode(node, { x, y, size });
    }
    for (const edge of edges) {
      const [one, other] = this.graph.extremities(edge);
      part.mergeEdge(one, other, { weight: 1 });
    }
    const settings = {
      ...inferSettings(part.order),
      outboundAttractionDistribution: part.order > 1000,
      adjustSizes: false,
      linLogMode: false,
      gravity: 1,
      scalingRatio: 12,
      edgeWeightInfluence: 1,
    };
    const matrices = helpers.graphToByteArrays(part, () => 1);
    this.worker = new Worker("/static/built/layout-worker.js");
    this.worker.onmessage = ({ data }) => {
      helpers.assignLayoutChanges(part, data.nodes, null);
      part.forEachNode((node, { x, y }) => {
        this.graph.mergeNodeAttributes(node, { x, y });
      });
      if (data.done) this.stop();
      this.onChange(data.done);
    };
    const pace = part.order > 5000 ? 1 : part.order > 1000 ? 4 : 12;
    this.worker.postMessage(
      { nodes: matrices.nodes, edges: matrices.edges, settings: full(settings), left: rounds, pace },
    );
  }

  stop() {
    this.worker?.terminate();
    this.worker = null;
  }
}

function full(settings) {
  return {
    linLogMode: false, outboundAttractionDistribution: false, adjustSizes: false,
    edgeWeightInfluence: 1, scalingRatio: 1, strongGravityMode: false, gravity: 1, slowDown: 1,
    barnesHutOptimize: false, barnesHutTheta: 0.5, ...settings,
  };
}
