// ForceAtlas2 away from the page: matrices in, positions out, until told to stop.

import iterate from "graphology-layout-forceatlas2/iterate.js";

let running = false;
let job = null;

function step() {
  if (!running) return;
  const { nodes, edges, settings, pace } = job;
  for (let i = 0; i < pace && job.left > 0; i += 1) {
    iterate(settings, nodes, edges);
    job.left -= 1;
  }
  const done = job.left <= 0;
  if (done) running = false;
  postMessage({ nodes: nodes.slice(), done, left: job.left });
  if (!done) setTimeout(step, 0);
}

onmessage = ({ data }) => {
  if (data.stop) {
    running = false;
    return;
  }
  job = data;
  running = true;
  step();
};
