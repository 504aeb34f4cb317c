// Runs the layout worker over a part of the graph.

import { DirectedGraph } from "graphology";
import { inferSettings } from "graphology-layout-forceatlas2";
import helpers from "graphology-layout-forceatlas2/helpers.js";

export class Layout {
  constructor(graph, onMove, onEnd) {
    this.graph = graph;
    this.onMove = onMove;
    this.onEnd = onEnd;
    this.worker = null;
  }

  get running() {
    return this.worker !== null;
  }

  // Lay out the given nodes and edges; ends by itself after so many rounds.
  start(nodes, edges) {
    this.stop();
    if (nodes.length < 2) { this.onMove(); return; }
    const part = new DirectedGraph();
    for (const node of nodes) {
      const { x, y, size } = this.graph.getNodeAttributes(node);
      part.addNode(node, { x, y, size });
    }
    for (const edge of edges) part.mergeEdge(...this.graph.extremities(edge), { weight: 1 });
    const large = part.order > 5000;
    const settings = {
      linLogMode: false, outboundAttractionDistribution: part.order > 1000, adjustSizes: false,
      edgeWeightInfluence: 1, scalingRatio: 12, strongGravityMode: false, gravity: 1, slowDown: 1,
      barnesHutOptimize: false, barnesHutTheta: 0.5, ...inferSettings(part.order),
    };
    Object.assign(settings, { scalingRatio: 12, gravity: 1, adjustSizes: false });
    if (large) settings.barnesHutTheta = 1.2;
    const rounds = large ? 60 : part.order > 1000 ? 250 : 500;
    const matrices = helpers.graphToByteArrays(part, () => 1);
    this.worker = new Worker("/static/built/layout-worker.js");
    this.worker.onmessage = ({ data }) => {
      helpers.assignLayoutChanges(part, data.nodes, null);
      this.graph.updateEachNodeAttributes((node, attributes) => {
        if (!part.hasNode(node)) return attributes;
        const { x, y } = part.getNodeAttributes(node);
        return { ...attributes, x, y };
      }, { attributes: ["x", "y"] });
      this.onMove();
      if (data.done) { this.stop(); this.onEnd(); }
    };
    // The larger, the rarer: to show a hundred thousand lines anew takes the page's own time.
    this.worker.postMessage({ ...matrices, settings, left: rounds, every: large ? 1500 : 60 });
  }

  stop() {
    this.worker?.terminate();
    this.worker = null;
  }
}
