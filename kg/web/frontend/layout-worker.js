// ForceAtlas2 away from the page: matrices in, positions out every so many milliseconds.

import iterate from "graphology-layout-forceatlas2/iterate.js";

onmessage = ({ data: { nodes, edges, settings, left, every } }) => {
  let shown = performance.now();
  for (let round = left; round > 0; round -= 1) {
    iterate(settings, nodes, edges);
    if (round === 1 || performance.now() - shown > every) {
      postMessage({ nodes: nodes.slice(), done: round === 1 });
      shown = performance.now();
    }
  }
};
